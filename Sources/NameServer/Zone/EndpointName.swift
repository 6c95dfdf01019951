/// A name that endpoints are asked by, such as `8080.ab12cd.endpoints.postern.internal`.
///
/// Holding one is proof that it lies below ``zone`` and can be written into a message and a configuration.
package struct EndpointName: Sendable, Hashable {
    /// The zone of all of them: `internal` is nobody's on the Internet.
    package static let zone = "endpoints.postern.internal"

    /// As it stands in a message ([RFC 1035, 3.1](https://www.rfc-editor.org/rfc/rfc1035#section-3.1)): labels in lower
    /// case, each after its length, and an empty one.
    let labels: [UInt8]

    /// Parses a name in lower case without a final dot.
    ///
    /// - Returns: `nil` unless it is at most 253 bytes of labels of letters, digits and hyphens, below the zone.
    package init?(_ text: String) {
        guard text.utf8.count <= 253, text.hasSuffix("." + Self.zone) else { return nil }
        var labels: [UInt8] = []
        for label in text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
            guard 1...63 ~= label.count, label.allSatisfy(Self.isPlain) else { return nil }
            labels.append(UInt8(label.count))
            labels.append(contentsOf: label)
        }
        self.labels = labels + [0]
    }

    private init(known labels: [UInt8]) {
        self.labels = labels
    }

    /// The name of the zone itself.
    static let apex = EndpointName(
        known: zone.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
    )

    /// A name that was asked for, or `nil` where it is outside the zone.
    init?(asked labels: [UInt8]) {
        guard labels.count >= Self.apex.labels.count else { return nil }
        // Ends alike, and the end begins with a label.
        var start = 0
        while labels.count - start > Self.apex.labels.count { start += 1 + Int(labels[start]) }
        guard labels[start...].elementsEqual(Self.apex.labels) else { return nil }
        self.labels = labels
    }

    /// The names between it and the zone's, which exist because it does.
    var enclosing: [EndpointName] {
        var names: [EndpointName] = []
        var start = 1 + Int(labels[0])
        while labels.count - start > Self.apex.labels.count {
            names.append(EndpointName(known: Array(labels[start...])))
            start += 1 + Int(labels[start])
        }
        return names
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }
}

extension EndpointName: CustomStringConvertible {
    package var description: String {
        var words: [String] = []
        var start = 0
        while labels[start] > 0 {
            let end = start + 1 + Int(labels[start])
            words.append(String(decoding: labels[(start + 1)..<end], as: UTF8.self))
            start = end
        }
        return words.joined(separator: ".")
    }
}
