package import Diagnostics
package import NginxSyntax

/// Which clients a host serves, by the certificates that they show.
package enum ClientVerification: Sendable, Hashable {
    case certificates(ClientCertificates)
    /// It cannot be known who may be served, so that all requests are refused with 403.
    case nobody(origin: ObjectReference?)

    /// The requirements of certificates; `nil` where no certificate meets them.
    package var certificates: ClientCertificates? {
        if case .certificates(let certificates) = self { certificates } else { nil }
    }

    /// The Ingress that asks for it.
    package var origin: ObjectReference? {
        switch self {
        case .certificates(let certificates): certificates.origin
        case .nobody(let origin): origin
        }
    }
}

/// The certificates that clients of a host have to show.
package struct ClientCertificates: Sendable, Hashable {
    /// The certificates that are taken, in nginx's own words.
    package enum Mode: String, Sendable, Hashable {
        /// One that is good has to come.
        case required = "on"
        /// One that comes has to be good.
        case optional
        /// Any that comes is taken; backends are told whether it is good.
        case unchecked = "optional_no_ca"
    }

    package var origin: ObjectReference?
    package var mode: Mode
    /// The authorities of good certificates.
    package var authorities: PrivateFile.Name
    /// Which certificates are good no longer; `nil` where nobody says so.
    package var revocations: PrivateFile.Name?
    /// How long the chain of a certificate may be.
    package var depth: Number
    /// Where clients without a good certificate are sent, in place of an answer of 400.
    package var errorPage: Expression?
    /// Matches the common names of certificates that are good; `nil` takes any.
    package var commonName: RegularExpression?
    /// Whether backends get the certificate.
    package var sendsCertificate = false

    package init(
        of origin: ObjectReference?,
        mode: Mode = .required,
        authorities: PrivateFile.Name,
        depth: Number = Number(1)
    ) {
        self.origin = origin
        self.mode = mode
        self.authorities = authorities
        self.depth = depth
    }

    /// Whether each request has to come with a good certificate, and so by HTTPS.
    package var refusesOthers: Bool { mode == .required || commonName != nil }

    /// The certificates as a shadow asks for them: its probes show none, and its files are read all the same.
    ///
    /// A host that is no name is probed by names that its handshakes do not name, which nginx refuses where certificates
    /// are asked for.
    func shadowForm(of host: HostPattern) -> ClientVerification? {
        guard case .name = host else { return nil }
        var shadow = self
        shadow.mode = .unchecked
        shadow.errorPage = nil
        shadow.commonName = nil
        return .certificates(shadow)
    }
}

extension ClientVerification {
    /// The answer to a request before its location is looked for; `nil` where it goes on.
    ///
    /// - Parameter isSecure: Whether it comes by HTTPS, whatever a proxy says of it.
    func refusal(of request: Request, isSecure: Bool) -> RoutingDecision.Outcome? {
        guard let certificates else { return .denied }
        // nginx looks at certificates only where there is TLS.
        guard certificates.mode == .required, isSecure, !request.isAdmitted else { return nil }
        guard let page = certificates.errorPage else { return .answered(.badRequest) }
        return .redirected(.found, to: page.parts.map(\.text).joined())
    }
}

extension Expression.Part {
    fileprivate var text: String { if case .literal(let text) = self { text } else { "" } }
}
