import Diagnostics
import NginxSyntax
import ProxyConfiguration

extension ValueParser<[CIDRBlock]> {
    /// Networks that are allowed.
    ///
    /// A wrong item is left out, as in ingress-nginx: fewer clients come in.
    static let allowedNetworks = items(
        type: networksType,
        examples: networkExamples,
        of: "network",
        write: { $0.map(\.description).joined(separator: ",") },
        whole: { (networks: [CIDRBlock], _) throws(ValueError) in try networks.united() },
        item: { text throws(ValueError) in try CIDRBlock(setting: text) }
    )

    /// Networks of which none may be missing.
    ///
    /// A wrong item is one of the whole list: to leave out one that is refused would let clients in.
    static let networks = ValueParser(
        type: networksType,
        examples: networkExamples,
        write: { $0.map(\.description).joined(separator: ",") }
    ) { text throws(ValueError) in
        var networks: [CIDRBlock] = []
        for item in text.split(separator: ",") where !item.trimmed.isEmpty {
            do throws(ValueError) {
                networks.append(try CIDRBlock(setting: item.trimmed))
            } catch {
                throw ValueError(reason: "names '\(item.trimmed.excerpt)', which \(error.reason)")
            }
        }
        guard !networks.isEmpty else { throw ValueError(reason: "names no network") }
        return try networks.united()
    }

    private static let networksType = "list of networks"
    private static let networkExamples = ["10.0.0.0/8, fd00::/8", "192.0.2.1"]
}

extension CIDRBlock {
    /// Reads a network; one of IPv4 that is written as IPv6 is meant for clients of IPv4.
    fileprivate init(setting text: String) throws(ValueError) {
        guard let network = CIDRBlock(text) else { throw ValueError(reason: "is neither a network nor an address") }
        self = network.unmapped ?? network
    }

    /// `10.0.0.0/8` for `::ffff:10.0.0.0/104`; nginx compares the address of a client of IPv4 with the former only.
    private var unmapped: CIDRBlock? {
        guard address.family == .ipv6, prefixLength >= 96, address.bits >> 32 == 0xFFFF else { return nil }
        return IPAddress(.ipv4, bits: address.bits & UInt128(UInt32.max))
            .flatMap { CIDRBlock($0, prefixLength: prefixLength - 96) }
    }
}

extension [CIDRBlock] {
    /// Each once, in their order.
    fileprivate func united() throws(ValueError) -> [CIDRBlock] {
        // Each location of an Ingress says all of them.
        guard count <= 2_000 else { throw ValueError(reason: "names more than 2000 networks") }
        return Set(self).sorted()
    }
}

extension ValueParser<[HeaderPattern]> {
    /// Values of a header as nginx's `map` has them: `~` begins a regular expression, and `~*` one that ignores case.
    static let headerPatterns = ValueParser(
        type: "list of texts and ~expressions",
        examples: ["~*bot, Wget/1.0", "~^curl/"]
    ) { text throws(ValueError) in
        var patterns: [HeaderPattern] = []
        for item in text.split(separator: ",") where !item.trimmed.isEmpty {
            do throws(ValueError) {
                let pattern = try HeaderPattern(setting: item.trimmed)
                // nginx refuses a value that it knows already.
                if !patterns.contains(where: pattern.isSame) { patterns.append(pattern) }
            } catch {
                throw ValueError(reason: "names '\(item.trimmed.excerpt)', which \(error.reason)")
            }
        }
        guard !patterns.isEmpty else { throw ValueError(reason: "names nothing") }
        guard patterns.count <= 1_000 else { throw ValueError(reason: "names more than 1000 values") }
        return patterns
    }
}

extension HeaderPattern {
    fileprivate init(setting item: String) throws(ValueError) {
        guard item.utf8.count <= 500 else { throw ValueError(reason: "is longer than 500 bytes") }
        guard item.hasPrefix("~") else {
            // A backslash in front says that what follows is no word of nginx's.
            let literal = item.hasPrefix("\\") ? String(item.dropFirst()) : item
            guard !literal.isEmpty, let text = Text(literal) else { throw ValueError(reason: "is no text") }
            self = .text(text)
            return
        }
        let ignoresCase = item.hasPrefix("~*")
        let expression: RegularExpression
        do throws(RegularExpressionError) {
            expression = try RegularExpression(String(item.dropFirst(ignoresCase ? 2 : 1)))
        } catch {
            throw ValueError(reason: "is no regular expression: \(error.message) at offset \(error.offset)")
        }
        guard !expression.pattern.isEmpty else { throw ValueError(reason: "matches everything") }
        if let name = expression.groupNames.first {
            throw ValueError(reason: "names a group, '\(name.excerpt)', which would be a variable of every request")
        }
        self = .expression(expression, ignoresCase: ignoresCase)
    }

    fileprivate func isSame(as other: HeaderPattern) -> Bool {
        if case .text(let text) = self { return other != self ? other.matchesText(text.value) : true }
        return other == self
    }

    private func matchesText(_ value: String) -> Bool { if case .text = self { matches(value) } else { false } }
}

extension ValueParser<[IPAddress]> {
    /// Addresses, each once; a wrong one is left out, as in ingress-nginx: nginx listens at fewer.
    static let addresses = items(
        type: "list of addresses",
        examples: ["127.0.0.1", "127.0.0.1, 127.0.0.2"],
        of: "address",
        write: { $0.map(\.description).joined(separator: ",") },
        whole: { (addresses: [IPAddress], _) throws(ValueError) in
            var known: Set<IPAddress> = []
            return addresses.filter { known.insert($0).inserted }
        },
        item: { text throws(ValueError) in
            let isBracketed = text.hasPrefix("[") && text.hasSuffix("]")
            guard let address = IPAddress(isBracketed ? String(text.dropFirst().dropLast()) : text) else {
                throw ValueError(reason: "is no address")
            }
            return address
        }
    )
}
