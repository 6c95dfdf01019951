import Diagnostics
import NginxSyntax
import ProxyConfiguration

extension ValueParser<AllowedOrigins?> {
    /// Origins as browsers write them, each whole; one `*` among them allows all.
    static let origins = ValueParser.items(
        type: "list of origins, or *",
        examples: ["https://shop.example", "https://*.shop.example:8443, null"],
        of: "origin",
        write: { $0.map(\.text) ?? "" },
        whole: { (items: [OriginItem], _) throws(ValueError) in
            if items.contains(.every) { return .every }
            return OriginList(items.compactMap(\.pattern)).map(AllowedOrigins.listed)
        },
        item: OriginItem.init
    )
}

extension AllowedOrigins {
    /// The value of the annotation.
    fileprivate var text: String {
        switch self {
        case .every: "*"
        case .listed(let list): list.patterns.map(\.text).joined(separator: ",")
        }
    }
}

/// One item of a list of origins.
private enum OriginItem: Sendable, Hashable {
    case every
    case some(OriginPattern)

    var pattern: OriginPattern? { if case .some(let pattern) = self { pattern } else { nil } }

    init(_ text: String) throws(ValueError) {
        switch text {
        case "*": self = .every
        case "null": self = .some(.opaque)
        default: self = .some(try Self.pattern(text))
        }
    }

    private static func pattern(_ text: String) throws(ValueError) -> OriginPattern {
        guard let colon = text.firstRange(of: "://") else {
            throw ValueError(reason: "begins with no scheme such as https://")
        }
        guard let scheme = OriginScheme(String(text[..<colon.lowerBound])) else {
            throw ValueError(reason: "begins with no valid scheme")
        }
        let rest = text[colon.upperBound...]
        guard !rest.contains("/") else { throw ValueError(reason: "has a path, and no origin has one") }
        let (name, port) = try split(rest)
        let host = try host(name)
        guard host != .none || !scheme.needsHost && port == nil else { throw ValueError(reason: "names no host") }
        return .pages(of: scheme, at: host, port: port)
    }

    private static func split(_ text: Substring) throws(ValueError) -> (host: String, port: PortNumber?) {
        // The colons of an address stand inside brackets.
        let end = text.hasPrefix("[") ? text.firstIndex(of: "]") ?? text.startIndex : text.startIndex
        guard let colon = text[end...].firstIndex(of: ":") else { return (String(text), nil) }
        let digits = text[text.index(after: colon)...]
        guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let port = Int(digits).flatMap(PortNumber.init)
        else { throw ValueError(reason: "has no valid port") }
        return (String(text[..<colon]), port)
    }

    private static func host(_ text: String) throws(ValueError) -> OriginHost {
        if text.isEmpty { return .none }
        if text.hasPrefix("["), text.hasSuffix("]") {
            guard let address = IPAddress(String(text.dropFirst().dropLast())), address.family == .ipv6 else {
                throw ValueError(reason: "has no valid address")
            }
            return .address(address)
        }
        let isWildcard = text.hasPrefix("*.")
        guard let name = HostName(isWildcard ? String(text.dropFirst(2)) : text) else {
            let isInside = text.dropFirst(isWildcard ? 1 : 0).contains("*")
            throw ValueError(
                reason: isInside ? "has a '*' that is not its whole first label" : "has no valid host name"
            )
        }
        return isWildcard ? .oneLabel(under: name) : .name(name)
    }
}

extension ValueParser<HTTPTokenList> {
    /// Methods or names of headers.
    static func tokens(_ noun: String) -> ValueParser {
        .items(
            type: "list of \(noun)s",
            examples: noun == "method" ? ["GET, PUT", "PATCH"] : ["X-One, X-Two", "X-Three"],
            of: noun,
            write: \.text,
            whole: { (tokens: [HTTPToken], text) throws(ValueError) in
                let separator: HTTPTokenList.Separator = text.contains(", ") ? .commaAndSpace : .comma
                guard let list = HTTPTokenList(tokens, separator: separator) else {
                    throw ValueError(reason: "is longer than 2000 bytes")
                }
                return list
            },
            item: { text throws(ValueError) in
                guard let token = HTTPToken(text) else { throw ValueError(reason: "is no valid name of a \(noun)") }
                return token
            }
        )
    }
}

extension ValueParser<Int> {
    /// Whole seconds, or -1 for none.
    static let maxAge = ValueParser(type: "seconds", examples: ["600", "-1"]) { text throws(ValueError) in
        text == "-1" ? -1 : try ValueParser<Int>.seconds.parse(text)
    }
}
