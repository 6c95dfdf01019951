import NginxSyntax

/// The host of a request as nginx compares it: in lower case, without a port and without a final dot.
struct RequestHost: Sendable, Hashable {
    /// `_` for a request that names no host: the name of the server that then takes it.
    var text: String

    /// Reads a `Host` header; returns `nil` where nginx answers 400 (`ngx_http_validate_host`).
    init?(_ header: String) {
        let bytes = Array(header.utf8)
        guard !bytes.isEmpty else {
            text = "_"
            return
        }
        guard bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") }) else { return nil }
        let dots = bytes.indices.filter { bytes[$0] == UInt8(ascii: ".") }
        guard zip(dots, dots.dropFirst()).allSatisfy({ $0 + 1 < $1 }) else { return nil }
        var host = bytes.prefix(Self.lengthWithoutPort(bytes))
        // nginx looks at the last dot of the whole header, so one in a port keeps that of the name.
        if let last = dots.last, last == host.endIndex - 1 { host.removeLast() }
        guard !host.isEmpty else { return nil }
        text = String(decoding: host.map(Self.lowercased), as: UTF8.self)
    }

    /// The name behind the first label; `nil` where there is none.
    var parent: String? {
        guard let dot = text.utf8.firstIndex(of: UInt8(ascii: ".")), dot != text.startIndex else { return nil }
        return String(text[text.utf8.index(after: dot)...])
    }

    /// A host ends at its first colon, or at the bracket that closes one at its start.
    private static func lengthWithoutPort(_ bytes: [UInt8]) -> Int {
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: ":"), bytes.first != UInt8(ascii: "[") { return index }
            if byte == UInt8(ascii: "]"), bytes.first == UInt8(ascii: "[") { return index + 1 }
        }
        return bytes.count
    }

    /// Without regard to letters that are not ASCII.
    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
