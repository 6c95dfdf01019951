import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// Endpoints of names that are new to nginx; `make newer` runs them, and `make test` leaves them out.
@Suite(.timeLimit(.minutes(10)))
struct NamedEndpointNewsTests {
    @Test func `without endpoints the answer is 503, and with them again it is theirs`() async throws {
        try await EndpointSite.use(backends: 2) { site in
            try site.serve("a", by: site.backends[0])
            // An nginx that asks for nothing may be one that does not ask at all.
            try site.serve("other", by: site.backends[0])
            _ = try await site.run { _ in
                try await site.awaitBackends(["b0"], of: "a")
                let answers = try await site.asking("a.example") {
                    try site.serve("a")
                    try await site.site.awaitAnswer("503", of: "a.example")
                    try site.serve("a", by: site.backends[1])
                    try await site.awaitBackends(["b1"], of: "a")
                }
                // For some milliseconds nginx may know of no endpoint, of which there was none before.
                #expect(Set(answers.keys).subtracting(["502"]) == ["200", "503"], "\(answers)")
                // What comes from nothing needs no endpoints beside its name, which would take a reload at its first change.
                let workers = site.site.workers
                #expect(!site.configuration.contains("server 198."))
                try site.serve("a", by: site.backends[0])
                try await site.awaitBackends(["b0"], of: "a")
                #expect(site.site.workers == workers)
            }
        }
    }

    @Test func `what is new to nginx serves from its first request`() async throws {
        try await EndpointSite.use(backends: 2) { site in
            try site.serve("a", by: site.backends[0])
            _ = try await site.run { _ in
                try await site.awaitBackends(["b0"], of: "a")
                let answers = try await site.asking("a.example") {
                    // Another way of balancing is another upstream.
                    let ewma = ["load-balance": "ewma"]
                    try site.serve("a", by: site.backends[0], annotations: ewma)
                    try await eventually("it is taken") { site.configuration.contains("random two least_conn") }
                    #expect(site.configuration.contains("server 198.") && site.configuration.contains(" resolve "))
                    // A first change makes it one of those that nginx asks for, and no other takes a reload.
                    try site.serve("a", by: site.backends[1], annotations: ewma)
                    try await eventually("its names stand alone") { !site.configuration.contains("server 198.") }
                    try await site.awaitBackends(["b1"], of: "a")
                    let workers = site.site.workers
                    try site.serve("a", by: site.backends[0], annotations: ewma)
                    try await site.awaitBackends(["b0"], of: "a")
                    #expect(site.site.workers == workers)
                    // So are endpoints at another port.
                    try site.serve("a", by: site.backends[1], port: site.otherPort)
                    try await site.awaitBackends(["b1"], of: "a")
                }
                #expect(Set(answers.keys) == ["200"], "\(answers)")
            }
        }
    }

    @Test func `a new host serves once it is told, and its first change takes no reload`() async throws {
        try await EndpointSite.use(backends: 2) { site in
            try site.serve("a", by: site.backends[0])
            _ = try await site.run { postern in
                try await site.awaitBackends(["b0"], of: "a")
                let swaps = site.site.status?.swaps.count
                let news = try await site.asking("b.example") {
                    try site.serve("b", by: site.backends[0])
                    try await site.awaitBackends(["b0"], of: "b")
                    try await eventually("the swap is told") { site.site.status?.swaps.count != swaps }
                }
                // For some milliseconds nginx may know of no endpoint.
                #expect(Set(news.keys).subtracting(["502"]) == ["404", "200"], "\(news)")
                let workers = site.site.workers
                let answers = try await site.asking("b.example") {
                    try site.serve("b", by: site.backends[1])
                    try await site.awaitBackends(["b1"], of: "b")
                }
                #expect(Set(answers.keys) == ["200"], "\(answers)")
                #expect(site.site.workers == workers && !site.configuration.contains("server 198."))
            }
        }
    }
}
