import Diagnostics
import NginxSyntax
import ProxyConfiguration

extension ValueParser {
    /// A value without which too many requests would pass.
    ///
    /// - Parameter isUnsetByEmpty: Whether an empty text is as good as none.
    static func guarding<Wrapped>(
        _ parser: ValueParser<Wrapped>,
        isUnsetByEmpty: Bool = true
    ) -> ValueParser where Value == Guarding<Wrapped> {
        ValueParser(type: parser.type, examples: parser.examples, leftOut: parser.leftOut) { text throws(ValueError) in
            text.isEmpty && isUnsetByEmpty ? .unset : .set(try parser.parse(text))
        }
    }
}

extension ValueParser<String> {
    /// The name of an object, as it is written.
    static let objectName = ValueParser(type: "name", examples: ["headers", "for-the-service"]) {
        text throws(ValueError) in text
    }
}

extension ValueParser<Identifier> {
    static let requestMethod = ValueParser(type: "method", examples: ["POST", "HEAD"]) { text throws(ValueError) in
        let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE"]
        guard methods.contains(text), let method = Identifier(text) else {
            throw ValueError(reason: "is none of \(methods.joined(separator: ", "))")
        }
        return method
    }
}

extension ValueParser<[HeaderName]> {
    /// Names of headers with commas between them.
    static let headerNames = ValueParser(
        type: "list of headers",
        examples: ["X-User", "X-User, X-Groups"]
    ) { text throws(ValueError) in
        var names: [HeaderName] = []
        for item in try ValueParser<[String]>.list.parse(text) {
            let name = try HeaderName(setting: item)
            if !names.contains(name) { names.append(name) }
        }
        guard !names.isEmpty else { throw ValueError(reason: "names no header") }
        return names
    }
}

extension HeaderName {
    /// The name of a header that a setting may set.
    init(setting text: String) throws(ValueError) {
        guard let name = HeaderName(text) else {
            throw ValueError(reason: "names '\(text.excerpt)', which is no name of a header")
        }
        guard !name.isOfConnection else {
            throw ValueError(reason: "names '\(name)', by which two proxies agree on one connection")
        }
        guard name.isTabular else { throw ValueError(reason: "names '\(name)', which is longer than 46 bytes") }
        self = name
    }
}

extension ValueParser<Expression> {
    /// A URL or a path, without variables.
    static let literalURL = ValueParser(
        type: "URL",
        examples: ["https://shop.example/", "/account"]
    ) { text throws(ValueError) in
        guard text.utf8.allSatisfy(\.isURLCharacter) else {
            throw ValueError(reason: "holds a character that no URL of an annotation may have")
        }
        guard let url = Expression(literal: text) else { throw ValueError(reason: "is too long") }
        return url
    }

    /// Variables that tell one client's requests from those of another.
    static let cacheKey = ValueParser(
        type: "variables",
        examples: ["$cookie_session", "$remote_user$http_authorization"]
    ) { text throws(ValueError) in
        let parts = try Expression.parts(of: text, .ofClient) { byte in
            byte == UInt8(ascii: "-") || VariableName("_\(Character(UnicodeScalar(byte)))") != nil
        }
        let variables = parts.filter { if case .variable = $0 { true } else { false } }
        guard !variables.isEmpty else {
            throw ValueError(reason: "names no variable, so that all clients would have the first one's answer")
        }
        guard let key = Expression(parts: parts.separated) else { throw ValueError(reason: "is too long") }
        return key
    }
}

extension [Expression.Part] {
    /// The parts with a space between two variables, lest the end of one pass for the start of the next.
    fileprivate var separated: [Expression.Part] {
        Array(map { [$0] }.joined(separator: [.literal(" ")]))
    }
}

extension ValueParser<[Authentication.Validity]> {
    /// Statuses and a time, such as `200 202 401 5m`, with commas between several.
    static let cacheValidity = ValueParser(
        type: "list of statuses and a time",
        examples: ["200 202 10m", "200 1h, 401 5s"]
    ) { text throws(ValueError) in
        var validity: [Authentication.Validity] = []
        for item in try ValueParser<[String]>.list.parse(text) {
            let words = item.split(separator: " ").map(String.init)
            let statuses = words.dropLast().compactMap { Int($0).flatMap(StatusCode.init) }
            let hasUnit = words.last?.last?.isLetter ?? false
            guard hasUnit, let time = words.last.flatMap({ TimeSpan($0) }), !statuses.isEmpty,
                statuses.count == words.count - 1
            else {
                throw ValueError(reason: "has '\(item.excerpt)', which is not statuses and a time such as '200 202 5m'")
            }
            validity.append(Authentication.Validity(statuses: statuses, time: time.inWholeSeconds))
        }
        guard !validity.isEmpty else { throw ValueError(reason: "says no time") }
        return validity
    }
}

extension HeaderName {
    /// Whether it is about a connection, or where a message on it ends: each proxy has its own.
    fileprivate var isOfConnection: Bool { Self.ofConnections.contains(lowercased) }

    private static let ofConnections: Set<String> = [
        "connection", "content-length", "expect", "http2-settings", "keep-alive", "proxy", "proxy-connection", "te",
        "trailer", "transfer-encoding", "upgrade",
    ]

    /// Whether nginx's table of headers, as large as it is by default, has room for it.
    fileprivate var isTabular: Bool { value.utf8.count <= 46 }
}

extension TimeSpan {
    /// nginx keeps answers for whole seconds.
    fileprivate var inWholeSeconds: TimeSpan { TimeSpan(milliseconds: milliseconds / 1_000 * 1_000) ?? self }
}
