import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// Which certificates clients must have.
struct ClientCertificateValues: Sendable, Hashable {
    /// The name of a Secret.
    var secret = Guarding<String>.unset
    /// `nil` asks for none.
    var mode: ClientCertificates.Mode? = .required
    var depth = Number(1)
    var errorPage: Expression?
    var commonName = Guarding<RegularExpression>.unset
    var sendsCertificate = false

    /// Whether it decides who is served.
    var isSet: Bool { secret != .unset || commonName != .unset }

    /// Whether it keeps away clients whom other settings let in.
    func guardsOtherwise(than other: ClientCertificateValues) -> Bool {
        isSet && (secret, mode, commonName) != (other.secret, other.mode, other.commonName)
    }
}

enum ClientCertificateSettings {
    static let settings: [Setting] = [
        .value(
            "auth-tls-error-page",
            .errorPage,
            \.clientCertificates.errorPage,
            scope: .server,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("clients are answered with 400"),
            "Sends clients without a good certificate to this URL, in place of an answer of 400."
        ).risk(.high).differs("It is a URL without variables."),
        .value(
            "auth-tls-match-cn",
            .guarding(.commonName, isUnsetByEmpty: false),
            \.clientCertificates.commonName,
            default: nil,
            scope: .server,
            from: .annotation,
            ifInvalid: .closes(closed) { $0.clientCertificates.commonName = .invalid },
            "Serves clients alone whose certificate is good and has a common name that this expression behind 'CN=' matches "
                + "as a whole; others are answered with 403."
        ).guardingClients.risk(.high).guardingWhereEmpty.differs(
            "It matches the whole name, and one that cannot be compiled has requests answer 403."
        ),
        .value(
            "auth-tls-pass-certificate-to-upstream",
            .bool,
            \.clientCertificates.sendsCertificate,
            default: "false",
            scope: .server,
            from: .annotation,
            "Passes the client's certificate to backends, in the header ssl-client-cert."
        ).identical,
        .value(
            "auth-tls-secret",
            .guarding(.authoritySecret, isUnsetByEmpty: false),
            \.clientCertificates.secret,
            default: nil,
            scope: .server,
            from: .annotation,
            ifInvalid: .closes(closed) { $0.clientCertificates.secret = .invalid },
            "Serves clients of the host alone that show a certificate of an authority in this Secret's 'ca.crt' which its "
                + "'ca.crl' does not revoke; others are answered with 400. Without such a Secret of the Ingress's namespace, all "
                + "are answered with 403."
        ).guardingClients.risk(.medium).guardingWhereEmpty.differs(
            "The Secret is of the Ingress's namespace; without a good one requests answer 403."
        ),
        .value(
            "auth-tls-verify-client",
            .verification,
            \.clientCertificates.mode,
            default: "on",
            scope: .server,
            from: .annotation,
            "Decides whether a certificate must come (on), may come (optional), may come from anybody (optional_no_ca), or is "
                + "not asked for (off)."
        ).risk(.medium).identical,
        .value(
            "auth-tls-verify-depth",
            .chainDepth,
            \.clientCertificates.depth,
            default: "1",
            scope: .server,
            from: .annotation,
            "Limits how long the chain of a client's certificate may be."
        ).identical,
    ]

    private static let closed = "the hosts of the Ingress answer 403"

    /// The annotations that have no effect without an authority.
    static let dependentAnnotations = [
        "auth-tls-error-page", "auth-tls-pass-certificate-to-upstream", "auth-tls-verify-client",
        "auth-tls-verify-depth",
    ]
}

extension ValueParser<String> {
    /// A name, with its namespace in front or not; what it names is found out later.
    fileprivate static let authoritySecret = ValueParser(type: "name", examples: ["clients", "shop/clients"]) {
        text throws(ValueError) in text
    }
}

extension ValueParser<ClientCertificates.Mode?> {
    fileprivate static let verification = ValueParser(
        type: "on, optional, optional_no_ca or off",
        examples: ["on", "optional", "optional_no_ca", "off"],
        write: { $0?.rawValue ?? "off" }
    ) { text throws(ValueError) in
        if text == "off" { return nil }
        guard let mode = ClientCertificates.Mode(rawValue: text) else {
            throw ValueError(reason: "is none of on, optional, optional_no_ca and off")
        }
        return mode
    }
}

extension ValueParser<RegularExpression> {
    fileprivate static let commonName = ValueParser(
        type: "CN= and an expression",
        examples: ["CN=shop-.*", "CN=(ann|bob)"]
    ) { text throws(ValueError) in
        guard text.hasPrefix("CN=") else { throw ValueError(reason: "does not begin with 'CN='") }
        let expression: RegularExpression
        do throws(RegularExpressionError) {
            expression = try RegularExpression(String(text.dropFirst(3)))
            // It stands within a group.
            _ = try RegularExpression("(?:\(expression.pattern))(?:,|\\z)")
        } catch {
            throw ValueError(reason: "is no regular expression: \(error.message) at offset \(error.offset)")
        }
        if let name = expression.groupNames.first {
            throw ValueError(reason: "names a group, '\(name.excerpt)', which would be a variable of every request")
        }
        guard !expression.pattern.isEmpty, expression.pattern.utf8.count <= 1_000 else {
            throw ValueError(reason: "is empty, or longer than 1000 bytes")
        }
        return expression
    }
}

extension ValueParser<Expression> {
    fileprivate static let errorPage = ValueParser(
        type: "URL",
        examples: ["https://sso.example/certificates", "http://help.example/"]
    ) { text throws(ValueError) in
        let url = try Self.literalURL.parse(text)
        let rest = ["http://", "https://"].first(where: text.hasPrefix).map { text.dropFirst($0.count) }
        guard let first = rest?.first, first != "/", first != "?" else {
            throw ValueError(reason: "is no URL with 'http://' or 'https://' and a host")
        }
        return url
    }
}
