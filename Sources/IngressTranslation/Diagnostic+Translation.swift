import Diagnostics
import KubernetesModel
import NginxSyntax

extension Diagnostic {
    /// By place, then by object, so that a report does not depend on the order of the input.
    static func precedes(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
        if left.position != right.position {
            guard let leftPosition = left.position else { return false }
            guard let rightPosition = right.position else { return true }
            return leftPosition < rightPosition
        }
        if left.object != right.object {
            guard let leftObject = left.object else { return false }
            guard let rightObject = right.object else { return true }
            return leftObject < rightObject
        }
        let leftKey = (left.field ?? "", left.code, left.message, left.severity.rawValue, left.hint ?? "")
        return leftKey < (right.field ?? "", right.code, right.message, right.severity.rawValue, right.hint ?? "")
    }

    static func nothingToServe(_ ingress: Ingress) -> Diagnostic {
        ingress.finding(
            .warning,
            "ingress-without-rules",
            "the Ingress has neither rules nor a default backend; it serves nothing",
            at: "spec"
        )
    }

    static func resourceBackend(of ingress: Ingress, at field: String, isCanary: Bool) -> Diagnostic {
        ingress.finding(
            .warning,
            "backend-is-resource",
            "nginx cannot serve from a resource; \(isCanary ? "the canary gets no traffic" : "requests answer 404")",
            at: field + ".resource"
        )
    }

    static func unusablePath(
        _ path: Ingress.Path,
        _ failure: PathReading.Failure,
        of ingress: Ingress,
        at field: String
    ) -> Diagnostic {
        let text = (path.path ?? "/").excerpt
        if failure == .expressionAsPrefix {
            return ingress.finding(
                .error,
                "path-invalid",
                "'\(text)' is a regular expression, which strict-validate-path-type refuses as a Prefix path; "
                    + "the path is left out",
                at: field + ".path",
                hint: "set pathType: ImplementationSpecific"
            )
        }
        let reason =
            switch failure {
            case .unusable(let reason): "the path '\(text)' \(reason)"
            case .expressionAsPrefix: "the path '\(text)' is a regular expression"
            case .badExpression(let error):
                "'\(text)' is no regular expression: \(error.message) at offset \(error.offset)"
            case .namedGroup(let name):
                "the path '\(text)' names a group, '\(name.excerpt)', which would be a variable of every request"
            }
        return ingress.finding(.error, "path-invalid", "\(reason); the path is left out", at: field + ".path")
    }

    static func caution(
        _ caution: PathReading.Caution,
        on path: Ingress.Path,
        of ingress: Ingress,
        at field: String
    ) -> Diagnostic {
        switch caution {
        case .takenLiterally:
            ingress.finding(
                .warning,
                "path-taken-literally",
                "this path is no regular expression; it serves requests for just this text",
                at: field + ".path",
                hint: path.hintForExpression
            )
        case .readAsExpression:
            ingress.finding(
                .warning,
                "path-read-as-expression",
                "this Prefix path is read as a regular expression, as ingress-nginx does; other controllers serve "
                    + "requests for just this text",
                at: field + ".path",
                hint: "set pathType: ImplementationSpecific, which says so"
            )
        case .endsWithWildcard(let plain):
            ingress.finding(
                .warning,
                "path-taken-literally",
                "'*' is a character like any other; the path serves requests for just this text",
                at: field + ".path",
                hint: path.pathType == .exact
                    ? "write '\(plain.excerpt)' with pathType: Prefix to serve what is below it"
                    : "write '\(plain.excerpt)', which serves what is below it too"
            )
        case .backtracks(let backtracking):
            ingress.finding(
                .warning,
                "path-backtracks",
                "the regular expression tries too many ways to match: a path of \(backtracking.text.count) bytes, "
                    + "'\(String(decoding: backtracking.text.prefix(24), as: UTF8.self).excerpt)…', takes it more "
                    + "than \(backtracking.steps) steps; requests that take more than nginx allows answer 500",
                at: field + ".path",
                hint: "let nothing repeat that repeats inside, as in (a+)+"
            )
        case .missingGroup(let number):
            ingress.finding(
                .warning,
                "rewrite-group-missing",
                "rewrite-target takes group $\(number), which the path does not have; it is empty",
                at: field + ".path"
            )
        }
    }
}

extension Ingress.Path {
    fileprivate var hintForExpression: String {
        pathType == .implementationSpecific || pathType == nil
            ? "set the annotation 'use-regex' to have it read as one"
            : "set pathType: ImplementationSpecific and the annotation 'use-regex' to have it read as one"
    }
}

extension Ingress {
    /// The finding about a backend's fault, and its effect on the requests for one path.
    func finding(
        _ fault: ResolvedBackend.Fault,
        with reference: ServiceReference,
        at field: String,
        consequence: String
    ) -> Diagnostic {
        let message = fault.clause(about: reference) + "; "
        let end =
            switch fault {
            case .serviceAssumed: "192.0.2.1 stands for its endpoints"
            case .endpointsAssumed: "192.0.2.1 stands for them"
            default: fault.leavesSome ? "it gets no requests" : consequence
            }
        return finding(
            fault.severity,
            fault.code,
            message + end,
            at: field + (fault == .portNotFound ? ".service.port" : ".service.name"),
            hint: fault.hint
        )
    }
}

extension ResolvedBackend.Fault {
    /// The clause that says what is wrong with a Service.
    func clause(about reference: ServiceReference) -> String {
        let service = "Service '\(reference.service)'"
        return switch self {
        case .serviceNotFound: "\(service) does not exist"
        case .serviceRefused: "\(service) is left out for what is wrong with it"
        case .portNotFound: "\(service) has no TCP port '\(reference.portText)'"
        case .noReadyEndpoint: "\(service) has no ready endpoint for port '\(reference.portText)'"
        case .invalidExternalName(let external, let reason):
            "\(service) stands for '\(external.excerpt)', which is \(reason)"
        case .externalNameDisabled:
            "\(service) is of type ExternalName, which --disable-svc-external-name forbids"
        case .endpointsRefused(let refused, _):
            "an endpoint of \(service) is at \(refused.address), which is \(refused.use.description)"
        case .noResolver(let external): "nobody resolves '\(external.excerpt)', which \(service) stands for"
        case .serviceAssumed: "\(service) is not in the input"
        case .endpointsAssumed: "the input has no endpoints of \(service)"
        }
    }

    /// The option that helps; `nil` where the Service itself is to be mended.
    var hint: String? {
        if case .noResolver = self { "name a DNS server with --resolver" } else { nil }
    }

    var severity: Diagnostic.Severity {
        switch self {
        case .serviceAssumed, .endpointsAssumed: .note
        case .noReadyEndpoint: .warning
        case .serviceNotFound, .serviceRefused, .portNotFound, .invalidExternalName, .externalNameDisabled,
            .endpointsRefused, .noResolver:
            .error
        }
    }

    var code: String {
        switch self {
        case .serviceNotFound: "service-not-found"
        case .serviceRefused: "service-refused"
        case .portNotFound: "service-port-not-found"
        case .noReadyEndpoint: "service-without-endpoints"
        case .invalidExternalName: "external-name-invalid"
        case .externalNameDisabled: "external-name-disabled"
        case .endpointsRefused: "endpoint-address-invalid"
        case .noResolver: "resolver-missing"
        case .serviceAssumed: "service-assumed"
        case .endpointsAssumed: "endpoints-assumed"
        }
    }
}
