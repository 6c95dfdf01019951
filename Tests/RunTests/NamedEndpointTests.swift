import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// Endpoints that nginx asks Postern for; `make newer` runs them, and `make test` leaves them out.
@Suite(.timeLimit(.minutes(10)))
struct NamedEndpointTests {
    @Test func `endpoints come and go without a reload, and no request fails`() async throws {
        try await EndpointSite.use(backends: 3) { site in
            try site.serve("a", by: site.backends[0])
            _ = try await site.run { postern in
                try await site.awaitBackends(["b0"], of: "a")
                let (workers, swaps) = (site.site.workers, site.site.status?.swaps.count)
                let answers = try await site.asking("a.example") {
                    try site.serve("a", by: site.backends[0], site.backends[1])
                    try await site.awaitBackends(["b0", "b1"], of: "a")
                    try site.serve("a", by: site.backends[1], site.backends[2])
                    try await site.awaitBackends(["b1", "b2"], of: "a")
                    // An endpoint that ends is not ready any more.
                    try site.serve("a", by: site.backends[2], ending: [site.backends[1]])
                    try await site.awaitBackends(["b2"], of: "a")
                }
                #expect(Set(answers.keys) == ["200"], "\(answers)")
                #expect(site.site.workers == workers && !workers.isEmpty)
                #expect(site.site.status?.swaps.count == swaps)
                try await eventually("the changes are told") { site.changes == 3 }
                let text = try await site.site.postern("status", "--state-dir", site.site.state)
                #expect(text.text.contains("1 that nginx asks for; 3 changed without a reload"), "\(text.text)")
            }
        }
    }

    @Test func `metrics say what nginx asks`() async throws {
        try await EndpointSite.use(backends: 1) { site in
            try site.serve("a", by: site.backends[0])
            _ = try await site.run("--healthz-port", "\(site.site.healthPort)") { _ in
                try await site.awaitBackends(["b0"], of: "a")
                try await eventually("it is counted") {
                    let metrics = try await site.metrics()
                    let count = metrics["postern_endpoint_answers_total{code=\"NOERROR\"}"] ?? 0
                    let last = metrics["postern_endpoint_last_question_timestamp_seconds"] ?? 0
                    return count > 2 && abs(Date().timeIntervalSince1970 - last) < 60
                        && metrics["postern_endpoint_names"] == 1
                }
            }
        }
    }

    @Test func `endpoints do not wait until nginx may be reloaded again`() async throws {
        try await EndpointSite.use(backends: 2) { site in
            try site.serve("a", by: site.backends[0])
            _ = try await site.run("--sync-period", "60s") { _ in
                try await site.awaitBackends(["b0"], of: "a")
                let start = ContinuousClock.now
                try await eventually("the swap is told") { site.site.status?.swaps.count == 1 }
                try site.serve("a", by: site.backends[1])
                try await site.awaitBackends(["b1"], of: "a")
                #expect(ContinuousClock.now - start < .seconds(50))
                #expect(site.site.status?.swaps.count == 1)
            }
        }
    }

    @Test func `nginx serves on without Postern, and a restart reloads nothing`() async throws {
        try await EndpointSite.use(backends: 2) { site in
            try site.serve("a", by: site.backends[0])
            _ = try await site.run { _ in
                try await site.awaitBackends(["b0"], of: "a")
                #expect(!site.configuration.contains("server 198.") && site.configuration.contains(" resolve "))
            }
            let workers = site.site.workers
            let answers = try await site.asking("a.example") {
                // Longer than nginx holds an answer for true.
                try await Task.sleep(for: .seconds(3))
                _ = try await site.run { postern in
                    try await eventually("a reconcile is over") {
                        site.site.status?.processIdentifier == postern.processIdentifier
                    }
                    try site.serve("a", by: site.backends[1])
                    try await site.awaitBackends(["b1"], of: "a")
                }
            }
            #expect(Set(answers.keys) == ["200"], "\(answers)")
            #expect(site.site.workers == workers)
        }
    }

    @Test func `a restart reloads nothing where endpoints stand beside their names`() async throws {
        try await EndpointSite.use(backends: 2) { site in
            try site.serve("a", by: site.backends[0])
            try site.serve("b", by: site.backends[0])
            _ = try await site.run { _ in
                try await site.awaitBackends(["b0"], of: "a")
                try await site.awaitBackends(["b0"], of: "b")
                // Another way of balancing is another upstream.
                try site.serve("b", by: site.backends[1], annotations: ["load-balance": "ewma"])
                try await site.awaitBackends(["b1"], of: "b")
                try await eventually("the swap is over") {
                    site.site.generation(at: "good") == site.site.generation(at: "current")
                        && site.configuration.contains("server 198.")
                }
            }
            let (workers, generation) = (site.site.workers, site.site.generation(at: "current"))
            _ = try await site.run { postern in
                try await eventually("a reconcile is over") {
                    site.site.status?.processIdentifier == postern.processIdentifier
                }
                #expect(site.site.generation(at: "current") == generation)
                let (difference, explanation) = try await site.compared(with: "http://b.example/")
                #expect(difference.isEmpty, "\(difference)")
                #expect(explanation.contains("serves it as explained: "), "\(explanation)")
                try site.serve("a", by: site.backends[1])
                try await site.awaitBackends(["b1"], of: "a")
                #expect(site.site.workers == workers)
            }
        }
    }

    @Test func `an nginx that does not ask learns of each change by a reload`() async throws {
        try await EndpointSite.use(backends: 2) { site in
            try site.serve("a", by: site.backends[0])
            _ = try await site.runDeaf { postern in
                try await postern.awaitLog("[endpoints-not-asked]")
                try await site.awaitBackends(["b0"], of: "a")
                try site.serve("a", by: site.backends[1])
                try await site.awaitBackends(["b1"], of: "a")
                #expect(site.configuration.contains("server 198.") && !site.configuration.contains(" resolve "))
            }
        }
    }

    @Test func `a port that is taken makes endpoints stand in the configuration until it is free`() async throws {
        try await EndpointSite.use(backends: 2) { site in
            try site.serve("a", by: site.backends[0])
            let holder = try PortHolder(site.site.endpointsPort)
            defer { holder.release() }
            _ = try await site.run { postern in
                try await site.awaitBackends(["b0"], of: "a")
                try await postern.awaitLog("[endpoints-port-in-use]")
                #expect(site.configuration.contains("server 198.") && !site.configuration.contains(" resolve "))
                holder.release()
                try site.serve("a", by: site.backends[1])
                try await site.awaitBackends(["b1"], of: "a")
                try await eventually("nginx asks") { site.configuration.contains(" resolve ") }
                try site.serve("a", by: site.backends[0])
                try await eventually("its names stand alone") { !site.configuration.contains("server 198.") }
                try await site.awaitBackends(["b0"], of: "a")
            }
        }
    }
}
