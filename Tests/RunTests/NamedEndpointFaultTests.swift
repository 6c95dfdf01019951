import ControllerTestSupport
import Foundation
import NginxControl
import TestSupport
import Testing

/// Postern dies, or is silent, while nginx asks it for endpoints; `make newer` runs it, and `make test` leaves it out.
@Suite(.timeLimit(.minutes(10)))
struct NamedEndpointFaultTests {
    @Test(arguments: SwapPoint.ofEverySwap)
    func `no request fails wherever Postern dies in a swap, and the next run goes on`(at point: SwapPoint) async throws
    {
        try await EndpointSite.use(backends: 2) { site in
            try site.serve("a", by: site.backends[0])
            _ = try await site.run { _ in try await site.awaitBackends(["b0"], of: "a") }
            let answers = try await site.asking("a.example") {
                let end = try await site.run("--kill-at", point.rawValue) { postern in
                    // Another way of balancing is another upstream.
                    try site.serve("a", by: site.backends[1], annotations: ["load-balance": "ewma"])
                    try await postern.awaitEnd()
                }
                #expect(end.status == .killed(SIGKILL), "\(end.log)")
                _ = try await site.run { _ in
                    try await site.awaitBackends(["b1"], of: "a")
                    try await eventually("it is taken") { site.configuration.contains("random two least_conn") }
                }
            }
            #expect(Set(answers.keys) == ["200"], "\(answers)")
        }
    }

    @Test func `what Postern dies of before it answers is what the next one answers first`() async throws {
        try await EndpointSite.use(backends: 2) { site in
            try site.serve("a", by: site.backends[0])
            _ = try await site.run { _ in try await site.awaitBackends(["b0"], of: "a") }
            let workers = site.site.workers
            let answers = try await site.asking("a.example") {
                let end = try await site.run("--kill-at", SwapPoint.noted.rawValue) { postern in
                    try site.serve("a", by: site.backends[1])
                    try await postern.awaitEnd()
                }
                #expect(end.status == .killed(SIGKILL), "\(end.log)")
                #expect(site.site.stateText("endpoints").contains(site.backends[1]))
                _ = try await site.run { _ in try await site.awaitBackends(["b1"], of: "a") }
            }
            #expect(Set(answers.keys) == ["200"], "\(answers)")
            #expect(site.site.workers == workers)
        }
    }

    @Test func `a Postern that is silent costs no request, and is heard when it speaks again`() async throws {
        try await EndpointSite.use(backends: 2) { site in
            try site.serve("a", by: site.backends[0])
            _ = try await site.run { postern in
                try await site.awaitBackends(["b0"], of: "a")
                let workers = site.site.workers
                let answers = try await site.asking("a.example") {
                    postern.send(SIGSTOP)
                    try site.serve("a", by: site.backends[1])
                    // Longer than nginx holds an answer for true, and waits for the next.
                    try await Task.sleep(for: .seconds(4))
                    try await site.awaitBackends(["b0"], of: "a")
                    postern.send(SIGCONT)
                    try await site.awaitBackends(["b1"], of: "a")
                }
                #expect(Set(answers.keys) == ["200"], "\(answers)")
                #expect(site.site.workers == workers)
            }
        }
    }

    @Test func `an nginx that Postern starts anew serves by the endpoints of last time`()
        async throws
    {
        try await EndpointSite.use(backends: 1) { site in
            try site.serve("a", by: site.backends[0])
            _ = try await site.run { _ in try await site.awaitBackends(["b0"], of: "a") }
            let master = site.site.master
            kill(master, SIGKILL)
            _ = try await site.run { _ in
                try await eventually("another nginx is started") { ![master, 0].contains(site.site.master) }
                try await site.awaitBackends(["b0"], of: "a")
            }
        }
    }

    @Test func `changes that come by the hundred are answered as they are in the end`() async throws {
        try await EndpointSite.use(backends: 3) { site in
            try site.serve("a", by: site.backends[0])
            _ = try await site.run { _ in
                try await site.awaitBackends(["b0"], of: "a")
                let workers = site.site.workers
                let answers = try await site.asking("a.example") {
                    for number in 0..<200 { try site.serve("a", by: site.backends[number % 3]) }
                    try await site.awaitBackends(["b1"], of: "a")
                }
                #expect(Set(answers.keys) == ["200"], "\(answers)")
                #expect(site.site.workers == workers)
            }
        }
    }
}
