import Incremental
import NginxSyntax
import ProxyConfiguration
import Testing

@testable import NginxControl

/// Which upstreams nginx may be given before it knows their endpoints.
struct UnservedRequestsTests {
    private let new: Identifier
    private let known: Identifier
    private let missing: StatusCode
    private let unavailable: StatusCode

    init() throws {
        new = try #require(Identifier("1x_shop_new_80"))
        known = try #require(Identifier("2x_shop_known_80"))
        missing = try #require(StatusCode(404))
        unavailable = try #require(StatusCode(503))
    }

    @Test func `a host that no server had is nobody's loss`() throws {
        let after = try configuration([("a.example", [("/", .proxy(.upstream(new)))])])
        #expect(try unserved(after, after: configuration([])) == [new])
        // One that another served before is.
        let others: [(String, [(String, Location.Action)])] = [
            ("*.example", [("/", .proxy(.upstream(known)))]), ("*.example", [("/", .status(missing))]),
        ]
        for other in others { #expect(try unserved(after, after: configuration([other])) == []) }
        #expect(try unserved(after, after: configuration([], fallback: .proxy(.upstream(known)))) == [])
    }

    @Test func `neither is a Service that had no endpoint`() throws {
        let after = try configuration([
            ("a.example", [("/b", .proxy(.upstream(new))), ("/", .proxy(.upstream(known)))])
        ])
        func before(_ action: Location.Action, _ path: String = "/b") throws -> Configuration {
            try configuration([("a.example", [(path, action), ("/", .proxy(.upstream(known)))])])
        }
        #expect(try unserved(after, after: before(.status(unavailable))) == [new])
        #expect(try unserved(after, after: before(.status(missing))) == [])
        #expect(try unserved(after, after: before(.proxy(.upstream(known)))) == [])
        // What was there for the path was the other location.
        #expect(try unserved(after, after: before(.status(unavailable), "/c")) == [])
        #expect(
            try unserved(after, after: configuration([("a.example", [("/", .proxy(.upstream(known)))])])) == []
        )
    }

    @Test func `one use for which it is a loss is enough`() throws {
        let served: [(String, [(String, Location.Action)])] = [("a.example", [("/", .proxy(.upstream(known)))])]
        let both = try configuration([
            ("a.example", [("/", .proxy(.upstream(new)))]), ("b.example", [("/", .proxy(.upstream(new)))]),
        ])
        #expect(try unserved(both, after: configuration(served)) == [])
        #expect(try unserved(both, after: configuration([])) == [new])
    }

    @Test func `what is asked beside the backend is another matter`() throws {
        let canary = CanaryBackend(.upstream(new), rules: CanaryRules())
        let backend = BackendSplit(.upstream(known), canary: canary)
        let after = try configuration([("a.example", [("/", .proxy(Proxying(to: backend)))])])
        #expect(try unserved(after, after: configuration([])) == [])
        var policy = LocationPolicy()
        policy.errorPages = ErrorPages(backend: .upstream(new), statuses: [missing])
        let pages = try configuration([("a.example", [("/", .proxy(.upstream(known)))])], policy: policy)
        #expect(try unserved(pages, after: configuration([])) == [])
    }

    private func unserved(_ after: Configuration, after before: Configuration) -> Set<Identifier> {
        after.upstreamsOfUnservedRequests(among: [new], after: before)
    }

    private func configuration(
        _ hosts: [(String, [(String, Location.Action)])],
        fallback: Location.Action? = nil,
        policy: LocationPolicy = LocationPolicy()
    ) throws -> Configuration {
        var servers = try hosts.map { host, locations in
            let isWildcard = host.hasPrefix("*.")
            let name = try #require(HostName(isWildcard ? String(host.dropFirst(2)) : host))
            return VirtualServer(
                host: isWildcard ? .wildcard(under: name) : .name(name),
                locations: try locations.map { path, action in
                    Location(
                        path: .prefix(try #require(LocationPath(path))),
                        action: action,
                        policy: ByReference(policy)
                    )
                }
            )
        }
        let root = try #require(LocationPath("/"))
        let any = Location(path: .prefix(root), action: fallback ?? .status(missing))
        servers.insert(VirtualServer(host: .any, locations: [any]), at: 0)
        return Configuration(
            listeners: [],
            fallbackCertificate: try #require(FilePath("tls/default.pem")),
            servers: servers
        )
    }
}
