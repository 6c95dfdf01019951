import Incremental
import NginxSyntax

extension Configuration {
    /// Decides what must come of a request.
    package func route(_ request: Request) -> RoutingDecision { Router(self).route(request) }
}

extension Location {
    /// - Parameter isUnverified: Whether the request lacks a certificate that clients have to show.
    func outcome(
        of request: Request,
        to host: RequestHost,
        _ target: RequestTarget,
        isUnverified: Bool
    ) -> RoutingDecision.Outcome {
        if policy.blocked?.contain(request) ?? false { return .denied }
        if let cors = policy.cors, cors.answers(request) { return .preflight }
        if let httpsRedirect, request.scheme == .http { return httpsRedirect.outcome(of: request, to: host) }
        if isUnverified { return .denied }
        switch action {
        case .proxy(let proxying): return outcome(of: request, to: host, proxying, target)
        case .redirect(let rewrite): return rewrite.outcome(redirecting: target)
        case .fixedRedirect(let redirect): return redirect.outcome(of: request, to: host, target)
        case .status(let code): return .answered(code)
        case .script:
            switch policy.script?.value.result(for: request, to: host, target) ?? .passes {
            case .ends(let outcome): return outcome
            case .passes: return .answered(.notFound)
            case .passesAs, .searches, .stops: return .undecided
            }
        case .stubStatus: return .stubStatus
        }
    }

    /// The path by which another location is looked for; `nil` where this one serves a request, or refuses it.
    func pathOfAnother(
        for request: Request,
        to host: RequestHost,
        _ target: RequestTarget,
        isUnverified: Bool
    ) -> [UInt8]? {
        guard let script = policy.script?.value, case .proxy = action, !isUnverified,
            !(policy.blocked?.contain(request) ?? false), !(policy.cors?.answers(request) ?? false),
            httpsRedirect == nil || request.scheme == .https,
            case .searches(let path) = script.result(for: request, to: host, target)
        else { return nil }
        return path
    }

    /// The service that is asked about a request which is passed on if it may; `nil` where nobody is.
    func asked(about request: Request) -> Authentication.Service? {
        if case .asked(let service) = policy.value.admission(of: request) { service } else { nil }
    }

    /// The answer in place of nginx's own.
    func errorPage(of outcome: RoutingDecision.Outcome) -> Backend? {
        guard let pages = policy.errorPages, let status = outcome.errorStatus else { return nil }
        return pages.statuses.contains(status) ? pages.backend : nil
    }

    private func outcome(
        of request: Request,
        to host: RequestHost,
        _ proxying: Proxying,
        _ target: RequestTarget
    ) -> RoutingDecision.Outcome {
        var change = Rewrite.Change.none
        switch policy.script?.value.result(for: request, to: host, target) ?? .passes {
        case .ends(let outcome): return outcome
        case .passesAs(let path): change = .to(path)
        case .stops: break
        // Whoever looks for another location has done so before.
        case .searches: return .undecided
        case .passes: change = proxying.rewrite?.change(of: target.path) ?? .none
        }
        let passed: String
        switch change {
        case .none: passed = request.target
        // nginx sends no request without a path.
        case .to(let path) where path.isEmpty: return .answered(.internalServerError)
        case .to(let path): passed = target.withPath(path)
        case .givenUp: return .answered(.internalServerError)
        }
        // How many requests there have been is no part of a request.
        guard policy.limits == nil || request.isAdmitted else { return .undecided }
        switch policy.value.admission(of: request) {
        case .refused: return .denied
        // A client that signs in elsewhere is sent there.
        case .unauthorized where policy.authentication?.signIn != nil: return .undecided
        case .unauthorized: return .answered(.unauthorized)
        case .undecided: return .undecided
        // Without an answer no request passes.
        case .asked(.unavailable): return .answered(.internalServerError)
        case .admitted, .asked: break
        }
        return .proxied(toOneOf: proxying.backends.candidates(for: request), target: passed)
    }
}

extension HTTPSRedirect {
    /// Where a request by plain HTTP is sent.
    func outcome(of request: Request, to host: RequestHost) -> RoutingDecision.Outcome {
        let uri = keepsSlash ? request.originalTarget : request.targetWithoutSlash
        let name = request.forwardedName ?? host.text
        return .redirected(status, to: "https://\(name)\(port.map { ":\($0)" } ?? "")\(uri)")
    }
}

extension Request {
    /// The host that a proxy says the client has asked for, without a port.
    fileprivate var forwardedName: String? {
        guard let forwardedHost else { return nil }
        let end = forwardedHost.hasPrefix("[") ? forwardedHost.firstIndex(of: "]") : nil
        return end.map { String(forwardedHost[...$0]) } ?? String(forwardedHost.prefix { $0 != ":" })
    }

    /// The target without a final slash, be it of the path or of the query.
    var targetWithoutSlash: String {
        var uri = originalTarget.utf8[...]
        if uri.last == UInt8(ascii: "/") { uri.removeLast() }
        return String(Substring(uri))
    }
}
