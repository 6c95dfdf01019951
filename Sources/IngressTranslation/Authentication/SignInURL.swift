import NginxSyntax
import ProxyConfiguration

/// The URL that clients are sent to who have not signed in; a path is one of the host that they have asked.
struct SignInURL: Sendable, Hashable {
    private var parts: [Expression.Part] = []
    /// The variables behind the host, by the names that snippets may have for parts of the service's answer.
    private(set) var answers: [VariableName] = []
    /// The text behind the first `?`; `nil` where there is none.
    private let query: Substring?

    /// The URL with a parameter that says where the client came from; one that it has is left as it is.
    ///
    /// - Parameter known: The variables that snippets set by the service's answer; what none sets is empty.
    func expression(telling parameter: String, _ known: [SnippetAnswer]) -> Expression? {
        let url = parts.map { part in
            guard case .variable(let name) = part, answers.contains(name) else { return part }
            return known.first { $0.name == name.value }.map { .variable($0.answer.variable) } ?? .literal("")
        }
        guard !names(parameter) else { return Expression(parts: url) }
        let separator =
            switch query {
            case nil: "?"
            case "": ""
            default: "&"
            }
        return Expression(
            parts: url + [
                .literal("\(separator)\(parameter)="), .variable(.scheme), .literal("://"), .variable(.requestedHost),
                .variable(.escapedRequestURI),
            ]
        )
    }

    private func names(_ parameter: String) -> Bool {
        (query ?? "").split(separator: "&").contains { item in
            item.hasPrefix("\(parameter)=") && item.utf8.count > parameter.utf8.count + 1
        }
    }

    fileprivate init(_ text: String) throws(ValueError) {
        query = text.firstIndex(of: "?").map { text[text.index(after: $0)...] }
        guard !text.hasPrefix("/") || text.hasPrefix("//") else {
            parts = [.variable(.scheme), .literal("://"), .variable(.requestedHost)]
            try addRest(text[...])
            return
        }
        let schemes = ["http://", "https://", "$scheme://", "$pass_access_scheme://"]
        guard let scheme = schemes.first(where: text.hasPrefix) else {
            throw ValueError(reason: "begins with neither '/', 'http://', 'https://' nor '$scheme://'")
        }
        let rest = text.dropFirst(scheme.count)
        guard let first = rest.first, first != "/", first != "?" else {
            throw ValueError(reason: "is a URL without a host")
        }
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        parts = try Expression.parts(of: text.prefix(scheme.count + host.count), .ofRequest, where: \.isLinkCharacter)
        try addRest(rest.dropFirst(host.count))
    }

    /// Adds the path and the query: the service's answer may say something there, and not in the host.
    private mutating func addRest(_ text: Substring) throws(ValueError) {
        var answers: [VariableName] = []
        parts += try Expression.parts(of: text, .ofRequest, where: \.isLinkCharacter) { name in
            guard KnownVariables.ofLog.variable(name) == nil, let variable = VariableName(name), !variable.isCapture
            else { return nil }
            if !answers.contains(variable) { answers.append(variable) }
            return variable
        }
        self.answers = answers
    }
}

extension ValueParser<SignInURL> {
    static let signInURL = ValueParser(
        type: "URL",
        examples: [
            "https://sso.example/start", "https://$host/oauth2/start?rd=$escaped_request_uri", "/oauth2/start",
        ]
    ) { text throws(ValueError) in
        let url = try SignInURL(text)
        // Room for the parameter that may come behind, and for longer names of variables.
        guard text.utf8.count <= 2_000 - 40 * url.answers.count else { throw ValueError(reason: "is too long") }
        return url
    }
}

extension ValueParser<String> {
    /// The name of a parameter of a query.
    static let queryParameter = ValueParser(type: "name", examples: ["rd", "return_to"]) { text throws(ValueError) in
        let isName = text.utf8.allSatisfy { $0.isPathCharacter && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ":") }
        guard !text.isEmpty, isName, text.utf8.count <= 64 else {
            throw ValueError(reason: "is no name of a parameter")
        }
        return text
    }
}
