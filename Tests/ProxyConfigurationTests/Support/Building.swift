import NginxSyntax
import ProxyConfiguration
import Testing

/// A configuration in few words: its upstreams are those that its locations name.
func configuration(_ servers: [VirtualServer]) throws -> Configuration {
    Configuration(
        listeners: [],
        fallbackCertificate: try #require(FilePath("tls/default.pem")),
        servers: servers.sorted { $0.host < $1.host }
    )
}

/// A server for `*`, `shop.example` or `*.shop.example`.
func server(
    _ host: String,
    appRoot: String? = nil,
    _ locations: [Location] = [],
    unmatched: Location? = nil
) throws -> VirtualServer {
    VirtualServer(
        host: try pattern(host),
        policy: ServerPolicy(appRoot: try appRoot.map { AppRoot(path: try requestExpression($0)) }),
        locations: locations + [try unmatched ?? Location(path: prefix("/"), action: .status(.notFound))]
    )
}

func pattern(_ host: String) throws -> HostPattern {
    if host == "*" { return .any }
    guard host.hasPrefix("*.") else { return .name(try #require(HostName(host))) }
    return .wildcard(under: try #require(HostName(String(host.dropFirst(2)))))
}

func exact(_ path: String) throws -> PathMatch { .exact(try #require(LocationPath(path))) }

func prefix(_ path: String) throws -> PathMatch { .prefix(try #require(LocationPath(path))) }

func expression(_ pattern: String) throws -> PathMatch { .expression(try RegularExpression(pattern)) }

func upstream(_ name: String) throws -> Backend { .upstream(try #require(Identifier(name))) }

/// A location that passes requests to an upstream.
func proxy(
    _ path: PathMatch,
    to name: String,
    rewrite: Rewrite? = nil,
    redirectsToHTTPS: Bool = false
) throws -> Location {
    Location(
        path: path,
        httpsRedirect: redirectsToHTTPS ? .permanentRedirect : nil,
        action: .proxy(try upstream(name), rewrite: rewrite)
    )
}

/// A rewrite whose target is written as in an annotation, with `$1` to `$9`.
func rewrite(_ pattern: String?, to target: String, matchLimit: Int? = nil) throws -> Rewrite {
    var parts: [Expression.Part] = []
    for (index, piece) in target.split(separator: "$", omittingEmptySubsequences: false).enumerated() {
        guard index > 0 else {
            parts.append(.literal(String(piece)))
            continue
        }
        parts.append(.variable(try #require(VariableName(String(piece.prefix(1))))))
        parts.append(.literal(String(piece.dropFirst())))
    }
    return Rewrite(
        pattern: try pattern.map { try RegularExpression($0, matchLimit: matchLimit) },
        target: try #require(Expression(parts: parts))
    )
}

/// A text in which nginx's variables of the request stand for their values.
func requestExpression(_ text: String) throws -> Expression {
    var parts: [Expression.Part] = []
    for (index, piece) in text.split(separator: "$", omittingEmptySubsequences: false).enumerated() {
        let name = String(piece.prefix { $0.isLetter || $0 == "_" })
        let isVariable = index > 0 && Expression.requestVariables.contains(name)
        if isVariable { parts.append(.variable(try #require(VariableName(name)))) }
        parts.append(.literal(isVariable ? String(piece.dropFirst(name.count)) : (index > 0 ? "$" : "") + piece))
    }
    return try #require(Expression(parts: parts))
}
