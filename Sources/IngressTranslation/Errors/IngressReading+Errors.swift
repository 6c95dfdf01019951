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
        var pages: ResolvedBackend?
        if let name = values.defaultBackend {
            let service = NamespacedName(namespace: owner.ingress.metadata.namespace, name: name)
            let (resolved, reference) = firstPort(of: service, of: owner, &backends)
            if case .backend = resolved.target {
                pages = resolved
                answers.standIn = standIn(for: owner, resolved, reference, &backends)
            }
        }
        guard !values.statuses.isEmpty else { return answers }
        if pages == nil, let service = backends.defaultBackendService {
            pages = firstPort(of: service, of: nil, &backends).backend
        }
        guard case .backend(let backend) = pages?.target else {
            if owner.givenField("custom-http-errors") != nil {
                let isNamed = pages != nil || values.defaultBackend != nil
                diagnostics.append(.errorsUnanswered(of: owner, isNamed: isNamed))
            }
            return answers
        }
        answers.pages = ErrorPages(
            backend: backend,
            statuses: values.statuses,
            replacesBackends: !values.leavesBackends
        )
        answers.pagesUpstream = pages?.upstream
        return answers
    }

    /// The default backend of an Ingress as it takes the place of one without an endpoint: by the same transport.
    ///
    /// For pages it is asked by plain HTTP, in upstreams of their own where that is another.
    private mutating func standIn(
        for owner: AdmittedIngress,
        _ plain: ResolvedBackend,
        _ reference: ServiceReference,
        _ backends: inout BackendTable
    ) -> (backend: ResolvedBackend, reference: ServiceReference) {
        guard owner.transport(to: reference.service) != .plain else { return (plain, reference) }
        var reference = reference
        reference.policy = owner.upstreamPolicy(of: reference.service, backends)
        return (resolve(reference, &backends).backend, reference)
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
        let finding = Diagnostic.defaultBackend(reference, fault, of: owner)
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
        _ reference: ServiceReference,
        _ fault: ResolvedBackend.Fault,
        of owner: AdmittedIngress
    ) -> Diagnostic {
        let field = owner.annotationField("default-backend")
        guard !fault.isAssumption else {
            return owner.ingress.finding(
                .note,
                "service-assumed",
                "the input has no endpoints of Service '\(reference.service)', the default backend of the Ingress; 192.0.2.1 stands "
                    + "for them",
                at: field
            )
        }
        return owner.ingress.finding(
            .warning,
            "default-backend-unavailable",
            "\(fault.clause(about: reference)); "
                + (fault.leavesSome
                    ? "it gets no requests" : "as the default backend of the Ingress it serves nothing"),
            at: field,
            hint: fault.hint
        )
    }

    /// - Parameter isNamed: Whether a default backend is named that cannot be asked for pages.
    fileprivate static func errorsUnanswered(of owner: AdmittedIngress, isNamed: Bool) -> Diagnostic {
        owner.ingress.finding(
            .warning,
            "custom-errors-unanswered",
            "'custom-http-errors' has no effect: "
                + (isNamed
                    ? "the default backend cannot answer" : "there is no default backend that could answer")
                + " in place of errors",
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
