import NginxSyntax
import ProxyConfiguration

/// The URL that clients are sent to who have not signed in; a path is one of the host that they have asked.
struct SignInURL: Sendable, Hashable {
    private let parts: [Expression.Part]
    /// The text behind the first `?`; `nil` where there is none.
    private let query: Substring?

    /// The URL with a parameter that says where the client came from; one that it has is left as it is.
    func expression(telling parameter: String) -> Expression? {
        guard !names(parameter) else { return Expression(parts: parts) }
        let separator =
            switch query {
            case nil: "?"
            case "": ""
            default: "&"
            }
        return Expression(
            parts: parts + [
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
            parts =
                [.variable(.scheme), .literal("://"), .variable(.requestedHost)]
                + (try Expression.parts(of: text, .ofRequest, where: \.isLinkCharacter))
            return
        }
        let schemes = ["http://", "https://", "$scheme://", "$pass_access_scheme://"]
        guard let scheme = schemes.first(where: text.hasPrefix) else {
            throw ValueError(reason: "begins with neither '/', 'http://', 'https://' nor '$scheme://'")
        }
        guard let first = text.dropFirst(scheme.count).first, first != "/", first != "?" else {
            throw ValueError(reason: "is a URL without a host")
        }
        parts = try Expression.parts(of: text, .ofRequest, where: \.isLinkCharacter)
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
        // Room for the parameter that may come behind.
        guard text.utf8.count <= 2_000 else { throw ValueError(reason: "is too long") }
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
