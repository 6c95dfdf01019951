import Incremental
import NginxSyntax
import ProxyConfiguration
import Testing

/// Access to a location by the address that a request comes from.
struct AccessTests {
    private func location(_ action: Location.Action, redirectsToHTTPS: Bool = false) throws -> Location {
        let networks = [try #require(CIDRBlock("10.0.0.0/8")), try #require(CIDRBlock("fd00::/8"))]
        return Location(
            path: try prefix("/"),
            httpsRedirect: redirectsToHTTPS ? .permanentRedirect : nil,
            action: action,
            policy: ByReference(LocationPolicy(access: AccessPolicy(denied: networks)))
        )
    }

    private func outcome(_ location: Location, from client: String?) throws -> RoutingDecision.Outcome {
        let request = Request(host: "a", target: "/x", client: try client.map { try #require(IPAddress($0)) })
        return try configuration([server("*", [location])]).route(request).outcome
    }

    @Test(arguments: ["10.1.2.3", "fd00::1"]) func `a client of a denied network is refused`(_ client: String) throws {
        #expect(try outcome(location(.proxy(upstream("u"))), from: client) == .denied)
    }

    @Test(arguments: ["11.1.2.3", "fe80::1", nil]) func `any other is served`(_ client: String?) throws {
        #expect(try outcome(location(.proxy(upstream("u"))), from: client) == .proxied(to: upstream("u"), target: "/x"))
    }

    @Test func `a redirect and a status are for everybody`() throws {
        #expect(try outcome(location(.status(.notFound)), from: "10.1.2.3") == .answered(.notFound))
        let redirect = try outcome(location(.proxy(upstream("u")), redirectsToHTTPS: true), from: "10.1.2.3")
        #expect(redirect == .redirected(.permanentRedirect, to: "https://a/x"))
    }

    // MARK: Allowed networks

    private func policy(_ denied: [String], _ allowed: [String]) throws -> AccessPolicy {
        func networks(_ texts: [String]) throws -> [CIDRBlock] { try texts.map { try #require(CIDRBlock($0)) } }
        return AccessPolicy(denied: try networks(denied), allowed: try networks(allowed))
    }

    @Test(
        arguments: [
            ([], ["10.0.0.0/8"], "10.1.1.1", .allows), ([], ["10.0.0.0/8"], "11.1.1.1", .denies),
            ([], ["10.0.0.0/8"], "fd00::1", .denies), ([], ["0.0.0.0/0"], "fd00::1", .denies),
            (["10.1.0.0/16"], ["10.0.0.0/8"], "10.1.1.1", .denies), (["10.1.0.0/16"], [], "10.2.1.1", .isSilent),
            ([], ["fd00::/8"], "fd00::1", .allows),
        ] as [([String], [String], String, AccessPolicy.Verdict)]
    )
    func `denied networks come first, and allowed ones leave out all others`(
        _ denied: [String],
        _ allowed: [String],
        _ client: String,
        _ verdict: AccessPolicy.Verdict
    ) throws {
        #expect(try policy(denied, allowed).verdict(on: try #require(IPAddress(client))) == verdict)
    }

    /// What comes of a client of `10.1.1.1` where a service is asked as well.
    @Test(
        arguments: [
            (false, ["10.0.0.0/8"], true, "asked"), (false, ["11.0.0.0/8"], true, "denied"),
            (true, ["10.0.0.0/8"], true, "passed"), (true, ["11.0.0.0/8"], true, "asked"),
            (true, [], true, "asked"), (true, ["11.0.0.0/8"], false, "denied"),
        ] as [(Bool, [String], Bool, String)]
    )
    func `one guard is enough where a location says so`(
        _ isOneEnough: Bool,
        _ allowed: [String],
        _ asks: Bool,
        _ expected: String
    ) throws {
        let service = Authentication.Service.upstream(try #require(Identifier("auth")))
        let authentication = Authentication(service: service, usesTLS: false, host: .empty, target: .empty)
        var policy = LocationPolicy(access: try policy([], allowed), authentication: asks ? authentication : nil)
        policy.admitsByOneGuard = isOneEnough
        let location = Location(path: try prefix("/"), action: .proxy(try upstream("u")), policy: ByReference(policy))
        let request = Request(host: "a", target: "/x", client: IPAddress("10.1.1.1"))
        let decision = try configuration([server("*", [location])]).route(request)
        let summary = decision.outcome == .denied ? "denied" : decision.asked == service ? "asked" : "passed"
        #expect(summary == expected)
    }

    // MARK: Passwords

    /// What comes of a client of `10.1.1.1` where a password is asked for as well.
    @Test(
        arguments: [
            (false, [], false, nil, "401"), (false, [], false, "Basic YTpi", "undecided"),
            (false, ["11.0.0.0/8"], false, "Basic YTpi", "403"), (false, ["10.0.0.0/8"], false, nil, "401"),
            (false, [], true, nil, "401"), (true, ["10.0.0.0/8"], false, nil, "passed"),
            (true, ["11.0.0.0/8"], false, nil, "401"), (true, ["11.0.0.0/8"], false, "Basic YTpi", "undecided"),
            (true, [], true, nil, "asked"), (true, [], true, "Basic YTpi", "undecided"),
        ] as [(Bool, [String], Bool, String?, String)]
    )
    func `a password is asked for behind networks and before a service`(
        _ isOneEnough: Bool,
        _ allowed: [String],
        _ asks: Bool,
        _ credentials: String?,
        _ expected: String
    ) throws {
        let service = Authentication.Service.upstream(try #require(Identifier("auth")))
        let authentication = Authentication(service: service, usesTLS: false, host: .empty, target: .empty)
        var policy = LocationPolicy(access: try policy([], allowed), authentication: asks ? authentication : nil)
        policy.passwords = BasicAuthentication(users: try #require(FilePath("auth-file/shop.users.users")))
        policy.admitsByOneGuard = isOneEnough
        let location = Location(path: try prefix("/"), action: .proxy(try upstream("u")), policy: ByReference(policy))
        let headers = credentials.map { ["authorization": $0] } ?? [:]
        let request = Request(host: "a", target: "/x", headers: headers, client: IPAddress("10.1.1.1"))
        let decision = try configuration([server("*", [location])]).route(request)
        let summary =
            switch decision.outcome {
            case .denied: "403"
            case .answered(let status): "\(status)"
            case .undecided: "undecided"
            default: decision.asked == service ? "asked" : "passed"
            }
        #expect(summary == expected)
    }

    // MARK: Blocked requests

    private func blocked() throws -> BlockedRequests {
        BlockedRequests(
            networks: [try #require(CIDRBlock("10.0.0.0/8"))],
            userAgents: [.expression(try RegularExpression("bot"), ignoresCase: true)],
            referers: [.text(Text(known: "https://spam.example/"))]
        )
    }

    @Test(
        arguments: [
            ([:], "10.1.1.1", true), ([:], "11.1.1.1", false), (["user-agent": "A Bot/1"], nil, true),
            (["referer": "https://SPAM.example/"], nil, true), (["referer": "https://spam.example/a"], nil, false),
            (["user-agent": "https://spam.example/"], nil, false),
        ] as [([String: String], String?, Bool)]
    )
    func `a blocked request is refused before all else, by all servers or by a location`(
        _ headers: [String: String],
        _ client: String?,
        _ isBlocked: Bool
    ) throws {
        let request = Request(host: "a", target: "/", headers: headers, client: client.flatMap { IPAddress($0) })
        let redirecting = try server("*", appRoot: "/app", [location(.proxy(upstream("u")), redirectsToHTTPS: true)])
        var ofAll = try configuration([redirecting])
        ofAll.settings.blocked = try blocked()
        #expect((ofAll.route(request).outcome == .denied) == isBlocked)
        var own = try location(.status(.notFound), redirectsToHTTPS: true)
        own.policy.blocked = try blocked()
        let decision = try configuration([server("*", [own])]).route(request)
        #expect((decision.outcome == .denied) == isBlocked)
        #expect(decision.path == own.path)
    }
}
