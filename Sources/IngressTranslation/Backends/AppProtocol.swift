import Diagnostics
import KubernetesModel
import ProxyConfiguration

extension AdmittedIngress {
    /// Says that something else is spoken with a port than its Service names; `nil` where that is the same or unknown.
    ///
    /// ingress-nginx does not read what Services name, so that to follow it would change what is spoken today.
    func appProtocolUnused(_ named: String?, of reference: ServiceReference, at place: BackendPlace) -> Diagnostic? {
        guard let named, !values.canary.isOn, let meant = BackendProtocol(appProtocol: named),
            meant != values.gateway.spoken, values.gateway.spoken != .automatic || meant.isGRPC
        else { return nil }
        return ingress.finding(
            .note,
            "app-protocol-unused",
            "port \(reference.portText) of Service '\(reference.service)' names '\(named.excerpt)' as what it speaks, which "
                + "only 'backend-protocol' decides; \(values.gateway.spoken.name) is spoken",
            at: place.backendField,
            hint: "set 'backend-protocol: \(meant.name)' if that is what the port speaks"
        )
    }
}

extension BackendProtocol {
    /// The meaning of a name of a Service's port, of those that are [known](https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol)
    /// or in use; `nil` for HTTP, which may as well be left out, and for others.
    fileprivate init?(appProtocol name: String) {
        switch name.lowercased() {
        case "https", "kubernetes.io/wss", "wss": self = .https
        case "grpc", "kubernetes.io/h2c", "h2c": self = .grpc
        case "grpcs": self = .grpcs
        default: return nil
        }
    }
}
