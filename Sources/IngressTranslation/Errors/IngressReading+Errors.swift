import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

extension IngressReading {
    /// Finds out who answers in place of errors and of backends without an endpoint.
    mutating func errorAnswers(of owner: AdmittedIngress, _ backends: inout BackendTable) -> ErrorAnswers {
        let values = owner.values.errors
        guard values.defaultBackend != nil || !values.statuses.isEmpty else { return .none }
        var answers = ErrorAnswers()
        if let name = values.defaultBackend {
            let service = NamespacedName(namespace: owner.ingress.metadata.namespace, name: name)
            let (resolved, reference) = firstPort(of: service, of: owner, &backends)
            if case .backend = resolved.target { (answers.standIn, answers.standInReference) = (resolved, reference) }
        }
        guard !values.statuses.isEmpty else { return answers }
        var pages = answers.standIn
        if pages == nil, let service = backends.defaultBackendService {
            pages = firstPort(of: service, of: nil, &backends).backend
        }
        guard case .backend(.upstream(let upstream)) = pages?.target else {
            if owner.givenField("custom-http-errors") != nil {
                diagnostics.append(.errorsUnanswered(of: owner, isNamed: pages != nil))
            }
            return answers
        }
        answers.pages = ErrorPages(
            upstream: upstream,
            statuses: values.statuses,
            replacesBackends: !values.leavesBackends
        )
        answers.pagesUpstream = pages?.upstream
        return answers
    }

    /// - Parameter owner: The Ingress whose annotation names the Service; `nil` where an option does.
    private mutating func firstPort(
        of service: NamespacedName,
        of owner: AdmittedIngress?,
        _ backends: inout BackendTable
    ) -> (backend: ResolvedBackend, reference: ServiceReference) {
        let port = backends.firstPort(of: service) ?? .number(80)
        let reference = ServiceReference(service: service, port: port)
        let (resolved, isFirst) = resolve(reference, &backends)
        guard let owner, let fault = resolved.fault else { return (resolved, reference) }
        let finding = Diagnostic.defaultBackend(service, fault, of: owner)
        if !fault.isAssumption {
            diagnostics.append(finding)
        } else if isFirst {
            assumptions.append(IngressRoutes.Assumption(reference: reference, finding: finding))
        }
        return (resolved, reference)
    }
}

extension ErrorSource {
    /// Returns `nil` for names that nginx cannot carry.
    init?(_ reference: ServiceReference, of ingress: Ingress) {
        guard let namespace = Expression(literal: ingress.metadata.namespace),
            let name = Expression(literal: ingress.metadata.name),
            let service = Expression(literal: reference.service.name),
            let port = Expression(literal: reference.portText)
        else { return nil }
        self.init(namespace: namespace, ingress: name, service: service, port: port)
    }
}

extension Location.Action {
    /// The same as what serves in place of a Service without an endpoint.
    func standingIn(for source: ErrorSource?) -> Self {
        guard case .proxy(var proxying) = self else { return self }
        proxying.standsInFor = source
        return .proxy(proxying)
    }
}

extension Diagnostic {
    fileprivate static func defaultBackend(
        _ service: NamespacedName,
        _ fault: ResolvedBackend.Fault,
        of owner: AdmittedIngress
    ) -> Diagnostic {
        let field = owner.annotationField("default-backend")
        guard !fault.isAssumption else {
            return owner.ingress.finding(
                .note,
                "service-assumed",
                "the input has no endpoints of Service '\(service)', the default backend of the Ingress; 192.0.2.1 stands "
                    + "for them",
                at: field
            )
        }
        return owner.ingress.finding(
            .warning,
            "default-backend-unavailable",
            "Service '\(service)', the default backend of the Ingress, has no ready endpoint; it serves nothing",
            at: field
        )
    }

    /// - Parameter isNamed: Whether a default backend is named that cannot be asked for pages.
    fileprivate static func errorsUnanswered(of owner: AdmittedIngress, isNamed: Bool) -> Diagnostic {
        owner.ingress.finding(
            .warning,
            "custom-errors-unanswered",
            "'custom-http-errors' has no effect: "
                + (isNamed ? "the default backend has no endpoint" : "there is no default backend")
                + " that could answer in place of errors",
            at: owner.annotationField("custom-http-errors"),
            hint: isNamed ? nil : "name a Service by 'default-backend', or by --default-backend-service"
        )
    }
}

extension SettingSource {
    /// Errors that nobody answers in place of.
    var errorsUnanswered: Diagnostic {
        finding(
            .warning,
            common: "custom-errors-unanswered",
            "'custom-http-errors' has an effect on Ingresses with 'default-backend' only: without "
                + "--default-backend-service nobody else could answer in place of errors",
            at: "custom-http-errors"
        )
    }
}
