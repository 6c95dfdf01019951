import Certificates
import Diagnostics
import KubernetesModel

extension CertificateBundle {
    /// Whether it names a responder that nginx asks.
    var namesResponder: Bool { responder != nil && reasonAgainstResponder == nil }

    /// Why nginx does not ask the responder that it names: the end of a sentence about it; `nil` where it does, or there is
    /// none.
    ///
    /// nginx asks by plain HTTP alone, and is to ask no place that only its machine reaches.
    fileprivate var reasonAgainstResponder: String? {
        guard let responder else { return nil }
        guard hasIssuer else { return "cannot be asked without the issuer's certificate, which is not in tls.crt" }
        let scheme = "http://"
        guard responder.lowercased().hasPrefix(scheme) else { return "is not asked by plain HTTP" }
        let place = responder.dropFirst(scheme.count).prefix { $0 != "/" }
        let host = place.first == "[" ? place.dropFirst().prefix { $0 != "]" } : place.prefix { $0 != ":" }
        guard case .unusable(let reason) = ExternalTarget(String(host)) else { return nil }
        return "is at '\("\(host)".excerpt)', which is \(reason)"
    }

    /// The finding on a responder that nginx does not ask, where clients are to be shown what responders say.
    ///
    /// - Parameter secret: The Secret that holds the certificate.
    func unaskedResponder(of secret: Secret) -> Diagnostic? {
        reasonAgainstResponder.map { reason in
            secret.finding(
                .note,
                "responder-not-asked",
                "the responder of OCSP that the certificate names \(reason); nothing is stapled"
            )
        }
    }
}
