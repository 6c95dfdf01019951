import NginxSyntax
import ProxyConfiguration

/// The URL, or the absolute path, that an annotation sends requests to.
struct RedirectTarget: Sendable, Hashable {
    private let parts: [Expression.Part]
    private let isPath: Bool

    fileprivate init(_ text: String) throws(ValueError) {
        let scheme = ["http://", "https://", "$scheme://"].first(where: text.hasPrefix)
        isPath = scheme == nil
        parts = try Expression.parts(of: text, .ofRedirects, where: \.isLinkCharacter)
        if let scheme {
            let rest = try Expression.parts(of: text.dropFirst(scheme.count), .ofRedirects, where: \.isLinkCharacter)
            try Self.checkHost(at: rest)
        } else {
            guard text.hasPrefix("/"), !text.hasPrefix("//") else {
                throw ValueError(reason: "begins with neither 'http://', 'https://' nor a single '/'")
            }
        }
    }

    /// A client that chooses the host could send others anywhere.
    private static func checkHost(at parts: [Expression.Part]) throws(ValueError) {
        var isEmpty = true
        loop: for part in parts {
            switch part {
            case .literal("/"), .literal("?"), .variable(.requestURI), .variable(.isArguments): break loop
            case .literal, .variable(.requestHost), .variable(.requestedHost): isEmpty = false
            case .variable: throw ValueError(reason: "takes a part of the request into the URL's host")
            }
        }
        if isEmpty { throw ValueError(reason: "is a URL without a host") }
    }

    /// The value of the header `Location`; `nil` for one that nginx cannot carry.
    func expression(isRelative: Bool, namesPort: Bool) -> Expression? {
        guard isPath, !isRelative else { return Expression(parts: parts) }
        let port: [Expression.Part] = namesPort ? [.literal(":"), .variable(.serverPort)] : []
        return Expression(parts: [.variable(.scheme), .literal("://"), .variable(.requestHost)] + port + parts)
    }
}

extension ValueParser<RedirectTarget> {
    static let redirectTarget = ValueParser(
        type: "URL or path",
        examples: ["https://new.example$request_uri", "/moved"]
    ) { text throws(ValueError) in
        let target = try RedirectTarget(text)
        // Room for the scheme, the host and the port of the request.
        guard text.utf8.count <= 2_000 else { throw ValueError(reason: "is too long") }
        return target
    }
}

extension VariableName {
    fileprivate static let isArguments = VariableName(known: "is_args")
}
