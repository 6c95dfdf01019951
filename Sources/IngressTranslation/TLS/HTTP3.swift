import Diagnostics
import NginxSyntax
import ProxyConfiguration

extension TranslationSettings {
    /// The offer of HTTP/3 that nginx can keep; one that it cannot is said, and left out.
    ///
    /// - Parameter directives: Those of `http`.
    func http3(beside directives: DirectiveSettings<HTTPBlock>, _ diagnostics: inout [Diagnostic]) -> HTTP3Offer? {
        guard let http3 else { return nil }
        if let capabilities, !capabilities.hasHTTP3 {
            diagnostics.append(
                Diagnostic(
                    .error,
                    code: "http3-not-built",
                    "nginx \(capabilities.version), as it is built here, does not speak HTTP/3; clients are offered none",
                    hint: "it takes nginx 1.25 or newer with its module http_v3_module; leave out --http3 for others"
                )
            )
            return nil
        }
        guard directives.value(of: "ssl_protocols")?.split(separator: " ").contains("TLSv1.3") ?? true else {
            diagnostics.append(
                Diagnostic(
                    .error,
                    code: "http3-without-tls13",
                    "HTTP/3 has no TLS but that of version 1.3, which 'ssl-protocols' does not allow; clients are offered none"
                )
            )
            return nil
        }
        return http3
    }
}
