import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

extension ConfigMap {
    func unreadable(_ error: ValueError, at key: String) -> Diagnostic {
        finding(
            .error,
            "stream-service-invalid",
            "the entry '\(key.excerpt)' \(error.reason); it is left out",
            at: "data[\(key)]",
            hint:
                "write PORT: \"NAMESPACE/SERVICE:PORT\", and :PROXY behind it where clients send a line of the PROXY protocol"
        )
    }

    func proxyLineIgnored(at key: String) -> Diagnostic {
        finding(
            .warning,
            "stream-proxy-ignored",
            "PROXY has no effect: datagrams of UDP have no line of the PROXY protocol",
            at: "data[\(key)]"
        )
    }
}

extension Diagnostic {
    static func streamModuleMissing(_ object: any KubernetesObject, _ capabilities: NginxCapabilities?) -> Diagnostic {
        let isDynamic = capabilities?.isDynamic("stream") ?? false
        return object.finding(
            .error,
            "stream-module-missing",
            "nginx has no module for TCP and UDP here; the ports that are asked for here are closed, and HTTP is served all the same",
            hint: isDynamic
                ? "install the module where nginx has its modules, beside Postern as well: on Debian the package "
                    + "libnginx-mod-stream"
                : "use an nginx that is built with its module stream, as those of nginx.org are"
        )
    }

    static func configMapAbsent(
        _ absence: ObjectAbsence,
        _ name: NamespacedName,
        _ transport: StreamServer.Transport
    ) -> Diagnostic {
        let option = "--\(transport.rawValue)-services-configmap"
        let transport = transport.rawValue.uppercased()
        return switch absence {
        case .assumed:
            Diagnostic(
                .note,
                code: "stream-configmap-assumed",
                "ConfigMap '\(name)', which \(option) names, is not in the input; it is taken for empty"
            )
        case .missing:
            Diagnostic(
                .error,
                code: "stream-configmap-not-found",
                "ConfigMap '\(name)', which \(option) names, is not found; no port of \(transport) is served",
                hint: "create the ConfigMap, empty where nothing is to be served, or leave out \(option)"
            )
        case .unreadable:
            Diagnostic(
                .error,
                code: "stream-configmap-unreadable",
                "ConfigMap '\(name)', which \(option) names, cannot be read; no port of \(transport) is served",
                hint: "another finding tells why it cannot be read"
            )
        }
    }
}
