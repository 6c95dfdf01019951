import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// Where an object asks for a port of TCP or UDP.
struct StreamPlace: Sendable {
    let object: any KubernetesObject
    /// The path of the field that asks.
    let field: String

    func finding(
        _ severity: Diagnostic.Severity,
        _ code: String,
        _ message: String,
        hint: String? = nil
    ) -> Diagnostic {
        object.finding(severity, code, message, at: field, hint: hint)
    }

    func reserved(_ port: PortNumber) -> Diagnostic {
        finding(
            .error,
            "stream-port-reserved",
            "port \(port) is one of nginx's or the controller's own; no Service is served there"
        )
    }

    func taken(_ port: StreamPort, by other: StreamPlace) -> Diagnostic {
        let owner = other.object.reference.map { "\($0)" } ?? "another object"
        return finding(
            .error,
            "stream-port-taken",
            "\(port.name) is that of \(owner), which comes first; what is asked for here is left out",
            hint: "choose another port"
        )
    }

    /// The finding about the Service of a port, and its effect on the port.
    func finding(
        _ fault: ResolvedBackend.Fault,
        with reference: ServiceReference,
        at port: StreamPort,
        isServed: Bool
    ) -> Diagnostic {
        let transport = port.transport.rawValue.uppercased()
        let clause =
            fault == .portNotFound
            ? "Service '\(reference.service)' has no \(transport) port '\(reference.portText)'"
            : fault.clause(about: reference)
        let consequence =
            switch fault {
            case .serviceAssumed: "192.0.2.1 stands for its endpoints"
            case .endpointsAssumed: "192.0.2.1 stands for them"
            default: isServed ? "it gets no connections" : "\(port.name) is closed"
            }
        return finding(fault.severity, fault.code, "\(clause); \(consequence)", hint: fault.hint)
    }
}

/// A port of one transport.
struct StreamPort: Sendable, Hashable {
    var transport: StreamServer.Transport
    var number: PortNumber

    /// Such as `TCP port 5432`.
    var name: String { "\(transport.rawValue.uppercased()) port \(number)" }
}
