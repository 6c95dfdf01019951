import Certificates

extension CertificateBundle {
    /// Whether it names a responder that nginx may ask: by plain HTTP, as it can, and no place that only this machine reaches.
    var namesResponder: Bool {
        let scheme = "http://"
        guard let responder, responder.lowercased().hasPrefix(scheme) else { return false }
        let place = responder.dropFirst(scheme.count).prefix { $0 != "/" }
        let host = place.first == "[" ? place.dropFirst().prefix { $0 != "]" } : place.prefix { $0 != ":" }
        if case .unusable = ExternalTarget(String(host)) { return false }
        return true
    }
}
