import Crypto
import Diagnostics
import NginxSyntax
import ProxyConfiguration
import Template

/// The variables that are set for requests without a certificate that they have to come with.
///
/// nginx refuses such requests itself where it speaks TLS with clients; by plain HTTP nobody shows a certificate.
struct LoweredClients: Sendable, Hashable {
    /// Is set for requests that are refused.
    let refused: VariableName
    /// The same, but for requests by plain HTTP.
    let refusedByTLS: VariableName
    let declarations: [SharedDeclaration]

    /// Returns `nil` where every request may come without.
    init?(_ certificates: ClientCertificates) {
        guard certificates.refusesOthers else { return nil }
        let hash = Self.hash(certificates.commonName?.description ?? "")
        refused = VariableName(known: "client", hashes: hash, suffix: "refused")
        refusedByTLS = VariableName(known: "client", hashes: hash, suffix: "refused_by_tls")
        guard let key = Self.key(certificates.commonName) else { return nil }
        let source = Expression(
            known: [
                .variable(VariableName(known: "ssl_client_verify")), .literal(" "),
                .variable(VariableName(known: "ssl_client_s_dn")),
            ]
        )
        let yes = Expression(known: "1")
        let byTLS: [(MapKey, Expression)] = [
            (.fallback, Expression(refused)), (.literal(Text(known: "")), .empty),
        ]
        declarations = [
            SharedDeclaration(
                .map(MapContext(source, [(.fallback, yes), (key, .empty)])),
                of: .clients,
                as: refused,
                comment: CommentText(known: "Is set for clients without a certificate that they have to show.")
            ),
            SharedDeclaration(.map(MapContext(Expression(.https), byTLS)), of: .clients, as: refusedByTLS),
        ]
    }

    /// A good certificate, of which the whole common name matches.
    ///
    /// A comma behind a backslash is part of a name: it begins no attribute.
    private static func key(_ name: RegularExpression?) -> MapKey? {
        guard let name else { return .expression(RegularExpression(known: "^SUCCESS "), ignoresCase: false) }
        let pattern = "^SUCCESS (?:|.*(?<!\\x5C),)CN=(?:\(name.pattern))(?:,|\\z)"
        return (try? RegularExpression(pattern)).map { .expression($0, ignoresCase: false) }
    }

    private static func hash(_ text: String) -> UInt64 {
        SHA256.hash(data: Array(text.utf8)).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension RequestHeaders {
    /// The headers that tell backends of a client's certificate; clients cannot forge them on the host.
    static func sending(_ certificates: ClientCertificates) -> RequestHeaders {
        let certificate = VariableName(known: "ssl_client_escaped_cert")
        return RequestHeaders([
            RequestHeader(
                HeaderName(known: "ssl-client-verify"),
                Expression(VariableName(known: "ssl_client_verify"))
            ),
            RequestHeader(
                HeaderName(known: "ssl-client-subject-dn"),
                Expression(VariableName(known: "ssl_client_s_dn"))
            ),
            RequestHeader(
                HeaderName(known: "ssl-client-issuer-dn"),
                Expression(VariableName(known: "ssl_client_i_dn"))
            ),
            RequestHeader(
                HeaderName(known: "ssl-client-cert"),
                certificates.sendsCertificate ? Expression(certificate) : .empty
            ),
        ])
    }
}

/// The fields that `clients` in `server.tmpl` can name.
struct ClientCertificatesContext: TemplateContext {
    static let name = "ClientCertificates"

    var certificates: ClientCertificates

    init(_ certificates: ClientCertificates) {
        self.certificates = certificates
    }

    static let fields: [TemplateField<Self>] = [
        .argument("authorities") { $0.certificates.authorities },
        .optional("revocations") { $0.certificates.revocations },
        .optional("mode") { Identifier($0.certificates.mode.rawValue) },
        .argument("depth") { $0.certificates.depth },
        .optional("errorPage") { $0.certificates.errorPage },
    ]
}
