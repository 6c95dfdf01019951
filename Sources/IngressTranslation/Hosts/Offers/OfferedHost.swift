import Diagnostics
import Incremental
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// A host that Ingresses of other hosts bring in, and what it comes to.
struct OfferedHost {
    /// `nil` where an Ingress names the host in a rule.
    private(set) var server: VirtualServer?
    private(set) var uses = HostUses()

    /// - Parameters:
    ///   - offers: At least one; the first counts.
    ///   - hosts: All that Ingresses name.
    init(
        _ host: HostPattern,
        _ offers: [HostOffer],
        among hosts: [HostPattern: HostAssembly],
        _ certificates: inout CertificateStore
    ) {
        if let own = hosts[host], own.server != nil, let claim = own.claims.first(where: { $0.owner != nil }) {
            uses.diagnostics = offers.map { .offerTaken($0, by: claim.ingress.namespacedName) }
            return
        }
        guard let offer = offers.first, let source = hosts[offer.source] else { return }
        uses.diagnostics = offers.dropFirst().map { .offerTaken($0, by: offer.owner.ingress.namespacedName) }
        uses.certificate = certificate(offer, of: source, &certificates)
        switch offer.kind {
        case .alias:
            server = source.server
            server?.host = host
            server?.certificate = uses.certificate?.file
            uses.upstreams = source.upstreams
            uses.needsResolver = source.needsResolver
        case .redirect: server = offer.redirectingServer(certificate: uses.certificate?.file)
        }
    }

    /// The certificate that `spec.tls` names for the host, else that of the other host where it is for both.
    private mutating func certificate(
        _ offer: HostOffer,
        of source: HostAssembly,
        _ certificates: inout CertificateStore
    ) -> PrivateFile? {
        let host = offer.host
        if let claim = source.claims.first(where: { $0.owner != nil && $0.tls.index(for: host) != nil }) {
            return certificates.tls(for: host, of: claim, &uses.diagnostics).certificate
        }
        guard let tls = source.effectiveTLS, let secret = tls.secret, let certificate = tls.certificate else {
            return nil
        }
        guard certificates.covers(offer.host, by: secret) else {
            uses.diagnostics.append(.offerNotCovered(offer))
            return nil
        }
        return certificate
    }
}

extension HostOffer {
    /// The server that leads to the other host, by the scheme of each request.
    fileprivate func redirectingServer(certificate: PrivateFile.Name?) -> VirtualServer? {
        let https = owner.values.https
        let port: [Expression.Part] = https.namesPort ? [.literal(":"), .variable(.serverPort)] : []
        let target = Expression(
            parts: [.variable(.scheme), .literal("://\(source.text)")] + port
                + [.variable(https.keepsSlash ? .requestURI : .httpsURI)]
        )
        guard let target else { return nil }
        let redirect = FixedRedirect(status: https.status, target: target)
        return VirtualServer(
            host: host,
            origin: owner.reference,
            certificate: certificate,
            locations: [
                Location(path: .prefix(.root), origin: owner.reference, action: .fixedRedirect(redirect))
            ]
        )
    }
}

extension Diagnostic {
    fileprivate static func offerTaken(_ offer: HostOffer, by winner: NamespacedName) -> Diagnostic {
        offer.owner.ingress.finding(
            .warning,
            "\(offer.code)-taken",
            "'\(offer.annotation)' has no effect on host '\(offer.host.text)', which Ingress \(winner) already "
                + "serves",
            at: offer.owner.annotationField(offer.annotation)
        )
    }

    fileprivate static func offerNotCovered(_ offer: HostOffer) -> Diagnostic {
        offer.owner.ingress.finding(
            .warning,
            "\(offer.code)-not-covered",
            "the certificate of \(offer.source.words) is not for host '\(offer.host.text)'; the default certificate "
                + "serves it",
            at: offer.owner.annotationField(offer.annotation),
            hint: "name a Secret for '\(offer.host.text)' in spec.tls"
        )
    }
}

extension HostOffer {
    /// How codes of findings about it begin.
    fileprivate var code: String {
        switch kind {
        case .alias: "alias"
        case .redirect: "www-redirect"
        }
    }
}
