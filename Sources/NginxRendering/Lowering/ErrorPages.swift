import Crypto
import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration

extension Location {
    /// The name of the location that answers in place of its errors; `nil` where none does.
    var errorPageName: Identifier? {
        guard policy.value.errorPages != nil else { return nil }
        let digest = SHA256.hash(data: Array("\(path)".utf8)).prefix(8)
        let digits = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return Identifier("errors-\(digits)")
    }
}

extension RequestHeaders {
    /// The headers for a backend for errors, beside those for all backends.
    ///
    /// The page is asked for anew: it has no body, is no part of another one, and no other protocol begins with it.
    static func asking(forErrorsOf source: ErrorSource) -> RequestHeaders {
        let dropped = [
            "Content-Length", "Transfer-Encoding", "Upgrade", "Connection", "Range", "If-Range", "If-Match",
            "If-None-Match", "If-Modified-Since", "If-Unmodified-Since",
        ]
        let headers = dropped.compactMap { HeaderName($0) }.map { RequestHeader($0, .empty) }
        return RequestHeaders(headers).overridden(by: .sending(source, status: Expression(.status)))
            .overridden(
                by: RequestHeaders([
                    RequestHeader(HeaderName(known: "X-Original-URI"), Expression(.requestURI))
                ])
            )
    }

    /// The headers about a request that its own backend does not serve.
    static func sending(_ source: ErrorSource, status: Expression) -> RequestHeaders {
        RequestHeaders([
            RequestHeader(HeaderName(known: "X-Code"), status),
            RequestHeader(HeaderName(known: "X-Format"), Expression(VariableName(known: "http_accept"))),
            RequestHeader(HeaderName(known: "X-Namespace"), source.namespace),
            RequestHeader(HeaderName(known: "X-Ingress-Name"), source.ingress),
            RequestHeader(HeaderName(known: "X-Service-Name"), source.service),
            RequestHeader(HeaderName(known: "X-Service-Port"), source.port),
        ])
    }
}

extension Location {
    /// The headers about where an error comes from.
    var errorSource: ErrorSource {
        if case .proxy(let proxying) = action, let source = proxying.standsInFor { return source }
        func text(_ text: some StringProtocol) -> Expression { Expression(literal: String(text)) ?? .empty }
        let service = origin == nil ? nil : loggedBackend?.service
        return ErrorSource(
            namespace: text(origin?.namespace ?? ""),
            ingress: text(origin?.name ?? ""),
            service: text(service?.name ?? ""),
            port: text(service?.port ?? "")
        )
    }
}

extension VariableName {
    /// The status of the response.
    fileprivate static let status = VariableName(known: "status")
}
