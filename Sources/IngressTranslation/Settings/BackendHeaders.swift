import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// The headers for backends about where a request came from.
struct BackendHeaderValues: Sendable, Hashable {
    var connection: Expression?
    var host: ToldHost?
    /// With the groups of the Ingress's path.
    var prefix: Expression?

    /// Those of every path; `nil` for those of all Ingresses.
    var requestHeaders: RequestHeaders? {
        connection.map { RequestHeaders([RequestHeader(HeaderName(known: "Connection"), $0)]) }
    }
}

/// A host that backends are told, before the Service of a path is known.
struct ToldHost: Sendable, Hashable {
    fileprivate enum Part: Sendable, Hashable {
        case text(String)
        case host
        case serviceName, servicePort, namespace, ingressName
    }

    fileprivate let parts: [Part]

    /// The host for requests that go to a Service; `nil` for one that nginx cannot carry.
    func expression(for reference: ServiceReference, of ingress: Ingress) -> Expression? {
        Expression(
            parts: parts.map { part in
                switch part {
                case .text(let text): .literal(text)
                case .host: .variable(.requestHost)
                case .serviceName: .literal(reference.service.name)
                case .servicePort: .literal(reference.portText)
                case .namespace: .literal(ingress.metadata.namespace)
                case .ingressName: .literal(ingress.metadata.name)
                }
            }
        )
    }
}

extension ValueParser<Expression> {
    static let connectionHeader = ValueParser(type: "close or keep-alive", examples: ["close", "keep-alive"]) {
        text throws(ValueError) in
        guard ["close", "keep-alive"].contains(text), let value = Expression(literal: text) else {
            throw ValueError(reason: "is neither close nor keep-alive")
        }
        return value
    }
}

extension ValueParser<ToldHost> {
    /// A name or an address with a port or without one, where variables may stand for parts.
    static let upstreamHost = ValueParser(
        type: "host",
        examples: ["web.internal", "$service_name.$namespace.svc.cluster.local:8080"]
    ) { text throws(ValueError) in
        var parts: [ToldHost.Part] = []
        var rest = Substring(text)
        while let character = rest.popFirst() {
            if character == "$" {
                let isBraced = rest.first == "{"
                let name = rest.drop { $0 == "{" }.prefix { $0.isASCII && ($0.isLetter || $0 == "_") }
                rest = rest[name.endIndex...]
                guard !isBraced || rest.popFirst() == "}" else {
                    throw ValueError(reason: "holds a '${' that no '}' ends")
                }
                parts.append(try ToldHost.Part(String(name)))
            } else if let byte = character.asciiValue, byte.isHostCharacter {
                parts.append(.text(String(character)))
            } else {
                throw ValueError(reason: "holds '\("\(character)".excerpt)', which no host has")
            }
        }
        guard (1...512).contains(text.utf8.count) else { throw ValueError(reason: "is no host") }
        return ToldHost(parts: parts)
    }
}

extension ToldHost.Part {
    fileprivate init(_ variable: String) throws(ValueError) {
        switch variable {
        case "host", "http_host", "best_http_host": self = .host
        case "service_name": self = .serviceName
        case "service_port": self = .servicePort
        case "namespace": self = .namespace
        case "ingress_name": self = .ingressName
        default: throw ValueError(reason: "names '$\(variable.excerpt)', which is not known there")
        }
    }
}

extension UInt8 {
    /// Letters, digits and `- . _ : [ ]`.
    fileprivate var isHostCharacter: Bool {
        isPathCharacter && self != UInt8(ascii: "/") && self != UInt8(ascii: "~")
            || self == UInt8(ascii: "[") || self == UInt8(ascii: "]")
    }
}

extension Location.Action {
    /// The same where backends are told what the settings of an Ingress say.
    ///
    /// - Parameter reference: The Service that the requests go to.
    func sending(_ values: BackendHeaderValues, of ingress: Ingress, for reference: ServiceReference) -> Self {
        guard case .proxy(var proxying) = self else { return self }
        proxying.host = values.host?.expression(for: reference, of: ingress)
        if let rewrite = proxying.rewrite {
            proxying.forwardedPrefix = rewrite.pattern == nil ? values.prefix?.withoutGroups : values.prefix
        }
        return .proxy(proxying)
    }
}

extension Expression {
    /// A path without a regular expression has no groups, and nothing stands in their place.
    fileprivate var withoutGroups: Expression? {
        Expression(parts: parts.filter { if case .variable = $0 { false } else { true } })
    }
}

extension SettingValues {
    /// A prefix that no backend is told, because no path is rewritten.
    func prefixFindings(of source: SettingSource) -> [Diagnostic] {
        guard backendHeaders.prefix != nil, rewriting.target.map(\.isURL) ?? true else { return [] }
        return [
            source.finding(
                .warning,
                common: "forwarded-prefix-unused",
                "'x-forwarded-prefix' has no effect without a 'rewrite-target' that changes the path",
                at: "x-forwarded-prefix"
            )
        ]
    }
}
