import Crypto
import Incremental
import NginxSyntax
import ProxyConfiguration
import Template
import TextCoding

/// The fields that `mirror.tmpl` can name: where copies of requests are sent.
struct MirrorContext: TemplateContext {
    static let name = "Mirror"

    var mirrorName: Identifier
    var mirror: RequestMirror
    /// All that the receiver is told.
    var requestHeaders: RequestHeaders

    /// Returns `nil` where a location's requests are not copied.
    init?(_ location: Location, _ inherited: InheritedHeaders, _ client: ClientVariables) {
        guard let name = location.mirrorName, var mirror = location.policy.value.mirror else { return nil }
        mirror.target = client.asked(mirror.target)
        mirrorName = name
        self.mirror = mirror
        var headers = RequestHeaders.copying(mirror)
        if location.policy.value.passwords != nil { headers = headers.overridden(by: .withoutPassword) }
        requestHeaders = inherited.request(with: headers)
    }

    static let fields: [TemplateField<Self>] = [
        .argument("match") { LocationMatch.internal($0.mirrorName) },
        .list("requestHeaders") { $0.requestHeaders.contexts },
        .flag("leavesBody") { !$0.mirror.copiesBody },
        .flag("usesTLS") { $0.mirror.usesTLS },
        .argument("host") { $0.mirror.host },
        .optional("externalName") { $0.externalName },
        .argument("url") { $0.mirror.url },
    ]

    private var externalName: ExternalNameContext? {
        guard case .name(let host, let port) = mirror.receiver else { return nil }
        return ExternalNameContext(host: host, port: port)
    }
}

extension Location {
    /// The name of the location that sends copies of its requests; `nil` where there are none.
    ///
    /// Another one for each two that differ, and the same one always.
    var mirrorName: Identifier? {
        guard case .proxy = action, let mirror = policy.value.mirror else { return nil }
        var hash = SHA256()
        let parts = [mirror.url.description, mirror.host.description, "\(mirror.receiver)"]
        for part in parts + ["\(mirror.copiesBody)", "\(policy.value.passwords != nil)"] {
            hash.update(data: Array("\(part.utf8.count) \(part) ".utf8))
        }
        return Identifier("mirror-\(hash.finalize().prefix(8).hexadecimal)")
    }
}

extension RequestMirror {
    /// The URL of a copy; it always has a path.
    fileprivate var url: Expression {
        let scheme = usesTLS ? "https://" : "http://"
        let host: [Expression.Part] =
            switch receiver {
            case .upstream(let name): [.literal("\(scheme)\(name)")]
            case .address(let address): [.literal("\(scheme)\(address)")]
            case .name: [.literal(scheme), .variable(VariableName(known: "mirror_receiver"))]
            }
        // Both come from one value of bounded length.
        return Expression(parts: host + target.parts) ?? .empty
    }
}

extension RequestHeaders {
    /// The headers for the receiver of copies, beside those for backends.
    fileprivate static func copying(_ mirror: RequestMirror) -> RequestHeaders {
        var headers = RequestHeaders([
            RequestHeader(HeaderName(known: "Host"), mirror.host),
            // A copy is no start of another protocol.
            RequestHeader(HeaderName(known: "Upgrade"), .empty),
            RequestHeader(HeaderName(known: "Connection"), .empty),
        ])
        guard !mirror.copiesBody else { return headers }
        headers.set(RequestHeader(HeaderName(known: "Content-Length"), .empty))
        headers.set(RequestHeader(HeaderName(known: "Transfer-Encoding"), .empty))
        return headers
    }
}
