import Incremental
import NginxSyntax
import ProxyConfiguration
import Testing

/// Whom a location serves, by the address that a request comes from.
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
}
