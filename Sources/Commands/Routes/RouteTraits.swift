import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration

extension RouteTable {
    /// Whether two routes of two tables are the same in all that decides about their requests.
    ///
    /// A name of an upstream stands for what the upstream is.
    func isSame(_ route: Route, as other: Route, in others: RouteTable) -> Bool {
        guard route.location == other.location, route.server.policy == other.server.policy,
            route.server.certificate == other.server.certificate,
            passed[route.server.host]?.text == others.passed[other.server.host]?.text
        else { return false }
        return route.location.upstreamNames.allSatisfy { name in
            let (own, foreign) = (upstreams[name], others.upstreams[name])
            return own?.policy == foreign?.policy && own?.origin == foreign?.origin
        }
    }

    /// All that decides about the requests of a route.
    func traits(of route: Route) -> [RouteTrait] {
        let server = route.server
        return location(route.location) + policy(route.location) + upstream(of: route.location)
            + [
                .init(.appRoot, server.policy.appRoot.map { "\($0.path)" }),
                .init(.passthrough, passed[server.host]?.text),
                .init(.certificate, server.certificate.map { origin(of: $0) }),
                .init(.strictTransportSecurity, server.policy.strictTransportSecurity?.headerValue),
                .init(.clientCertificates, server.policy.clients.map(clients)),
                .init(.directive("ssl_ciphers"), server.policy.ciphers?.value),
                .init(
                    .directive("ssl_prefer_server_ciphers"),
                    server.policy.prefersOwnCiphers.map { $0 ? "on" : "off" }
                ),
            ].compactMap(\.self)
    }

    /// The object that a file comes from.
    private func origin(of name: PrivateFile.Name) -> String {
        let file = files[name]
        return file?.origin?.description ?? "the default one"
    }

    private func clients(_ clients: ClientVerification) -> String {
        guard case .certificates(let wanted) = clients else { return "nobody is served" }
        let name = wanted.commonName.map { ", of CN \($0.pattern)" } ?? ""
        let revoked = wanted.revocations == nil ? "" : ", unless revoked"
        return
            "\(wanted.mode.rawValue), signed by \(origin(of: wanted.authorities)), depth \(wanted.depth)\(name)\(revoked)"
    }

    private func location(_ location: Location) -> [RouteTrait] {
        var traits = [
            RouteTrait(.backend, destination(of: location)), RouteTrait(.pathType, location.path.type),
            RouteTrait(.httpsRedirect, location.httpsRedirect.map { "\($0.status)" }),
        ]
        traits.append(RouteTrait(.rewrite, location.action.rewrite.map(\.text)))
        if case .proxy(let proxying) = location.action {
            traits.append(RouteTrait(.canary, proxying.backends.canary.map { canary($0.value) }))
            traits.append(RouteTrait(.directive("upstream-vhost"), proxying.host.map { "\($0)" }))
            traits.append(RouteTrait(.directive("x-forwarded-prefix"), proxying.forwardedPrefix.map { "\($0)" }))
        }
        return traits.compactMap(\.self)
    }

    /// Where requests go in the end.
    private func destination(of location: Location) -> String {
        switch location.action {
        case .proxy(let proxying): text(of: proxying.backends.primary, for: location.origin)
        case .redirect(let rewrite): "302 to \(rewrite.target)"
        case .fixedRedirect(let redirect): "\(redirect.status) to \(redirect.target)"
        case .status(let status): "\(status)"
        case .script: "what its snippet answers"
        case .stubStatus: "nginx's counters"
        }
    }

    private func canary(_ canary: CanaryBackend) -> String {
        var rules: [String] = []
        if let header = canary.rules.header {
            switch header.rule {
            case .alwaysOrNever: rules.append("header \(header.name)")
            case .value(let value): rules.append("header \(header.name): \(value.value)")
            case .expression(let expression): rules.append("header \(header.name) matching \(expression.pattern)")
            case .never: break
            }
        }
        if let cookie = canary.rules.cookie { rules.append("cookie \(cookie.value)") }
        let share = canary.rules.share.hundredths
        if share > 0 { rules.append(share % 100 == 0 ? "\(share / 100)%" : "\(Double(share) / 100)%") }
        return
            "\(rules.isEmpty ? "none" : rules.joined(separator: ", ")) to \(text(of: canary.backend, for: canary.origin))"
    }

    private func upstream(of location: Location) -> [RouteTrait] {
        guard case .proxy(let proxying) = location.action else { return [] }
        let spoken = RouteTrait(.backendProtocol, proxying.transport == .plain ? nil : "\(proxying.transport)")
        guard case .upstream(let name) = proxying.backends.primary, let policy = upstreams[name]?.policy else {
            return [spoken].compactMap(\.self)
        }
        var balancing = policy
        balancing.transport = .plain
        let method = "\(balancing)"
        let isUsual = method == RouteTrait.Kind.loadBalancing.usual
        return [spoken, RouteTrait(.loadBalancing, isUsual ? nil : method)].compactMap(\.self)
    }

    private func policy(_ location: Location) -> [RouteTrait] {
        let policy = location.policy.value
        return [
            RouteTrait(.allowedAddresses, policy.access.flatMap { $0.allowed.isEmpty ? nil : $0.allowed.text }),
            RouteTrait(.deniedAddresses, policy.access.flatMap { $0.denied.isEmpty ? nil : $0.denied.text }),
            RouteTrait(.password, policy.passwords.map { origin(of: $0.users) }),
            RouteTrait(.authentication, policy.authentication.map { authentication($0, for: location.origin) }),
            RouteTrait(.satisfy, policy.admitsByOneGuard ? "any" : nil),
            RouteTrait(.limits, policy.limits?.text),
            RouteTrait(.blockedRequests, policy.blocked?.text),
            RouteTrait(.cors, policy.cors?.text),
            RouteTrait(.mirror, policy.mirror.map { "\($0.usesTLS ? "https" : "http")://\($0.host)\($0.target)" }),
            RouteTrait(.errorPages, policy.errorPages.map { errorPages($0, for: location.origin) }),
            RouteTrait(.session, policy.session?.text),
            RouteTrait(
                .requestHeaders,
                policy.requestHeaders.map { headers in
                    headers.headers.map { "\($0.name): \($0.value)" }.joined(separator: "; ")
                }
            ),
            RouteTrait(.responseHeaders, policy.responseHeaders?.text),
            RouteTrait(.responseChanges, policy.responseChanges.text),
            RouteTrait(.snippet, policy.script == nil ? nil : "set"),
            RouteTrait(.accessLog, policy.isLogged && location.isLogged ? nil : "off"),
        ].compactMap(\.self)
            + policy.settings.names.map { name in
                RouteTrait(kind: .directive(name), text: policy.settings.value(of: name) ?? "")
            }
    }

    private func authentication(_ authentication: Authentication, for ingress: ObjectReference?) -> String {
        let service: String
        switch authentication.service {
        case .upstream(let name): service = text(of: .upstream(name), for: ingress)
        case .address(let address): service = "\(address)"
        case .name(let host, let port): service = "\(host):\(port)"
        case .requestHost(let port): service = "the request's host:\(port)"
        case .unavailable: return "nobody, so that all are refused"
        }
        let signIn = authentication.signIn.map { ", sign-in at \($0)" } ?? ""
        return "\(authentication.usesTLS ? "https" : "http")://\(service)\(authentication.target)\(signIn)"
    }

    private func errorPages(_ pages: ErrorPages, for ingress: ObjectReference?) -> String {
        "\(pages.statuses.map(\.description).joined(separator: ", ")) by \(text(of: pages.backend, for: ingress))"
    }
}

extension RouteTrait {
    /// `nil` where there is nothing to say.
    fileprivate init?(_ kind: Kind, _ text: String?) {
        guard let text else { return nil }
        self.init(kind: kind, text: text)
    }
}

extension Location {
    /// The names of the upstreams that decide about requests.
    fileprivate var upstreamNames: [Identifier] {
        backends.compactMap { if case .upstream(let name) = $0 { name } else { nil } }
    }
}
