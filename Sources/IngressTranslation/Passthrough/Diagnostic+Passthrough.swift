import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

extension Diagnostic {
    /// Says why connections of TLS are not passed on though an Ingress asks for it.
    static func passthroughMissing(
        _ support: PassthroughSupport,
        _ owner: AdmittedIngress,
        on host: HostPattern
    ) -> Diagnostic {
        let (severity, code, reason, hint): (Severity, String, String, String?) =
            switch support {
            case .lacksModule(let module, let isOfStream):
                (
                    .error, "passthrough-module-missing", "nginx lacks its module \(module)",
                    isOfStream
                        ? "install the module where nginx has its modules, beside Postern as well: on Debian the package "
                            + "libnginx-mod-stream"
                        : "use an nginx that is built with the module, as those of nginx.org and Debian are"
                )
            case .isOff, .possible:
                (.warning, "passthrough-off", "it takes --enable-ssl-passthrough", nil)
            }
        return owner.ingress.finding(
            severity,
            code,
            "'ssl-passthrough' has no effect: \(reason); nginx ends TLS of \(host.words) itself",
            at: owner.annotationField("ssl-passthrough"),
            hint: hint
        )
    }

    static func passthroughOfAnyHost(_ owner: AdmittedIngress) -> Diagnostic {
        owner.ingress.finding(
            .error,
            "passthrough-of-any-host",
            "'ssl-passthrough' has no effect on a rule without a host: the host that a client asks for decides whose its "
                + "connection is",
            at: owner.annotationField("ssl-passthrough"),
            hint: "name a host in the rule"
        )
    }

    static func passthroughOfNewcomer(_ owner: AdmittedIngress, _ older: Ingress, on host: HostPattern) -> Diagnostic {
        owner.ingress.finding(
            .error,
            "passthrough-of-newcomer",
            "'ssl-passthrough' has no effect on \(host.words), which Ingress \(older.namespacedName) of another namespace had "
                + "before; nginx ends its TLS itself",
            at: owner.annotationField("ssl-passthrough")
        )
    }

    static func passthroughWithoutRoot(_ owner: AdmittedIngress, on host: HostPattern) -> Diagnostic {
        owner.ingress.finding(
            .error,
            "passthrough-without-root",
            "'ssl-passthrough' has no effect on \(host.words): the Service of the path / gets its connections, and none serves "
                + "that path; nginx ends TLS itself",
            at: owner.annotationField("ssl-passthrough"),
            hint: "add the path / with the Service that is to get the connections"
        )
    }

    static func passthroughPathUnused(
        _ location: LocationDraft,
        _ owner: AdmittedIngress,
        on host: HostPattern
    ) -> Diagnostic {
        location.owner.ingress.finding(
            .warning,
            "passthrough-path-unused",
            "no request by HTTPS comes to this path of \(host.words): 'ssl-passthrough' of Ingress "
                + "\(owner.ingress.namespacedName) has connections passed to the Service of the path /",
            at: location.place.pathField
        )
    }
}
