import Diagnostics
import Incremental
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

extension IngressReading {
    /// Finds out who is asked, by the settings of the Ingress, else by those of all.
    mutating func question(of owner: AdmittedIngress, _ backends: inout BackendTable) -> Question {
        let (own, global) = (owner.values.externalAuth, owner.values.globalAuth)
        if own.service != .unset {
            return question(
                own,
                owner.values.snippets.question,
                owner.values.snippets.answers,
                of: owner,
                at: owner.annotationField("auth-url"),
                &backends
            )
        }
        if own != SettingValues.builtIn.externalAuth || owner.values.snippets.question != nil {
            diagnostics += owner.findings(
                without: "no 'auth-url' names a service that is asked",
                ExternalAuthValues.dependentAnnotations
            )
        }
        guard global.isUsed, global.values.service != .unset else { return .nobody }
        return question(
            global.values,
            owner.values.snippets.questionsOfAll,
            owner.values.snippets.answersOfAll,
            of: owner,
            at: nil,
            &backends
        )
    }

    /// - Parameters:
    ///   - answers: The variables that snippets set by the service's answer.
    ///   - field: Where the Ingress names the service; `nil` where a ConfigMap does.
    private mutating func question(
        _ values: ExternalAuthValues,
        _ snippet: ByReference<Snippet>?,
        _ answers: [SnippetAnswer],
        of owner: AdmittedIngress,
        at field: String?,
        _ backends: inout BackendTable
    ) -> Question {
        guard !values.isClosed, let url = values.service.value else { return .closed }
        guard let headers = requestHeaders(values, of: owner) else { return .closed }
        let (service, upstream) = service(url, values, of: owner, at: field, &backends)
        var authentication = Authentication(
            service: service,
            usesTLS: url.usesTLS,
            host: url.hostName,
            target: url.target
        )
        authentication.method = values.method.value
        authentication.requestHeaders = headers
        authentication.redirect = values.redirect
        authentication.responseHeaders = values.responseHeaders.value ?? []
        authentication.alwaysSetsCookies = values.alwaysSetsCookies
        authentication.signIn = values.signIn?.expression(telling: values.signInParameter, answers)
        authentication.cache = values.cache
        authentication.settings = owner.policy.settings.asking(keepsAnswers: authentication.cache != nil)
        if let snippet = snippet?.value {
            authentication.requestHeaders = headers.overridden(by: snippet.requestHeaders)
            authentication.settings = authentication.settings.adding(snippet.directives)
            let named = authentication.signIn?.parts ?? []
            authentication.answers = snippet.answers.map(\.answer).filter { named.contains(.variable($0.variable)) }
        }
        return .service(authentication, upstream: upstream)
    }

    // MARK: Headers

    /// The additional headers for the service; `nil` where they cannot be known.
    private mutating func requestHeaders(_ values: ExternalAuthValues, of owner: AdmittedIngress) -> RequestHeaders? {
        guard let text = values.requestHeaders else { return RequestHeaders() }
        return content(
            ofConfigMap: text,
            within: owner.values.gates.reach,
            namedBy: owner.annotationKey("auth-proxy-set-headers"),
            for: "headers",
            unnamed: .headersUnnamed(text, of: owner.ingress, at: owner.annotationField("auth-proxy-set-headers")),
            consequence: "requests that the service would be asked about answer 503",
            none: RequestHeaders()
        ) { map throws(ValueError) in
            try RequestHeaders(reading: map)
        }
    }

    // MARK: The service

    private mutating func service(
        _ url: ServiceURL,
        _ values: ExternalAuthValues,
        of owner: AdmittedIngress,
        at field: String?,
        _ backends: inout BackendTable
    ) -> (Authentication.Service, UpstreamKey?) {
        if case .service(let name) = url.host {
            let reference = ServiceReference(
                service: name,
                port: .number(Int(url.port.value)),
                policy: values.upstreamPolicy(balancing: backends.loadBalancing)
            )
            return service(reference, of: owner, at: field, &backends)
        }
        if values.keptConnections.value > 0, let field = owner.givenField("auth-keepalive") {
            diagnostics.append(.nothingKept(of: owner.ingress, at: field))
        }
        if case .address(let address) = url.host { return (.address(.internet(address, url.port)), nil) }
        guard backends.resolvesNames else {
            diagnostics.append(.authResolverMissing(of: owner.ingress, at: field))
            return (.unavailable, nil)
        }
        if case .name(let name) = url.host { return (.name(name, url.port), nil) }
        return (.requestHost(url.port), nil)
    }

    private mutating func service(
        _ reference: ServiceReference,
        of owner: AdmittedIngress,
        at field: String?,
        _ backends: inout BackendTable
    ) -> (Authentication.Service, UpstreamKey?) {
        let (resolved, isFirst) = resolve(reference, &backends)
        if let fault = resolved.fault {
            let finding = owner.ingress.finding(onAsking: reference, fault, at: field)
            if !fault.isAssumption {
                diagnostics.append(finding)
            } else if isFirst {
                assumptions.append(IngressRoutes.Assumption(reference: reference, finding: finding))
            }
        }
        switch resolved.target {
        case .backend(.upstream(let name)): return (.upstream(name), resolved.upstream)
        case .backend(.name(let host, let port)): return (.name(host, port), nil)
        case .status: return (.unavailable, nil)
        }
    }
}
