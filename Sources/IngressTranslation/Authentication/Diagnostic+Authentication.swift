import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

extension Diagnostic {
    /// An annotation about a service that none names.
    static func nothingKept(of ingress: Ingress, at field: String) -> Diagnostic {
        ingress.finding(
            .warning,
            "annotation-not-read",
            "'auth-keepalive' has no effect: nginx keeps connections to Services of the cluster only",
            at: field,
            hint: "name the service as NAME.NAMESPACE.svc.cluster.local"
        )
    }

    static func headersUnnamed(_ text: String, of ingress: Ingress, at field: String) -> Diagnostic {
        ingress.finding(
            .error,
            "annotation-invalid",
            "the value of 'auth-proxy-set-headers', '\(text.excerpt)', names no ConfigMap of namespace "
                + "'\(ingress.metadata.namespace)'; requests that the service would be asked about answer 503",
            at: field
        )
    }

    static func authResolverMissing(of ingress: Ingress, at field: String?) -> Diagnostic {
        ingress.authFinding(
            .error,
            "auth-resolver-missing",
            "nobody resolves the name of the service that is asked whether requests may pass; they answer 500",
            at: field,
            hint: "name a DNS server with --resolver"
        )
    }

    /// A service of another host, on hosts that nobody names.
    static func hostOfStrangers(_ location: LocationDraft, at field: String?) -> Diagnostic {
        location.owner.ingress.authFinding(
            .error,
            "auth-host-open",
            "where no rule names a host, clients would choose by '$host' who is asked whether they may pass; the path "
                + "answers 503",
            at: field ?? location.place.pathField,
            hint: "name a host in the rule, or the host of the service"
        )
    }
}

extension Ingress {
    /// A finding about the service that is asked.
    ///
    /// - Parameter field: Where the Ingress names it; `nil` where a ConfigMap does for all, so that it is told once.
    fileprivate func authFinding(
        _ severity: Diagnostic.Severity,
        _ code: String,
        _ message: String,
        at field: String?,
        hint: String? = nil
    ) -> Diagnostic {
        guard let field else { return Diagnostic(severity, code: code, "global-auth-url: \(message)", hint: hint) }
        return finding(severity, code, message, at: field, hint: hint)
    }

    /// The finding about a fault of the Service that is asked, and its effect on requests.
    func finding(
        onAsking reference: ServiceReference,
        _ fault: ResolvedBackend.Fault,
        at field: String?
    ) -> Diagnostic {
        let service = "Service '\(reference.service)'"
        let reason =
            switch fault {
            case .serviceNotFound: "does not exist"
            case .serviceRefused: "is left out for what is wrong with it"
            case .portNotFound: "has no TCP port '\(reference.portText)'"
            case .noReadyEndpoint: "has no ready endpoint for port '\(reference.portText)'"
            case .invalidExternalName(let name, let reason): "stands for '\(name.excerpt)', which is \(reason)"
            case .externalNameDisabled: "is of type ExternalName, which --disable-svc-external-name forbids"
            case .noResolver(let name): "stands for '\(name.excerpt)', which nobody resolves"
            case .endpointsRefused(let refused, _):
                "has an endpoint at \(refused.address), which is \(refused.use.description)"
            case .serviceAssumed, .endpointsAssumed: "is not in the input with endpoints"
            }
        let (severity, code, consequence): (Diagnostic.Severity, String, String) =
            switch fault {
            case .serviceAssumed, .endpointsAssumed:
                (.note, "auth-service-assumed", "192.0.2.1 stands for them")
            case .endpointsRefused(_, isAll: false):
                (.error, "auth-service-endpoint-invalid", "that endpoint is not asked")
            case .noReadyEndpoint:
                (.warning, "auth-service-unavailable", "requests answer 500")
            default: (.error, "auth-service-unavailable", "requests answer 500")
            }
        return authFinding(
            severity,
            code,
            "\(service), which is asked whether requests may pass, \(reason); \(consequence)",
            at: field
        )
    }
}
