import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// Somebody sets the clock while nginx asks for endpoints; `make newer` runs it, and `make test` leaves it out.
@Suite(.timeLimit(.minutes(10)))
struct NamedEndpointClockTests {
    @Test func `a clock that is set ahead costs no request, and changes nothing`() async throws {
        try await site { site, nginx in
            _ = try await site.run("--nginx", nginx.program) { postern in
                try await site.awaitBackends(["b0"], of: "a")
                let workers = site.site.workers
                let answers = try await site.asking("a.example") {
                    try nginx.set(by: 3_600)
                    try site.serve("a", by: site.backends[1])
                    try await site.awaitBackends(["b1"], of: "a")
                }
                #expect(Set(answers.keys) == ["200"], "\(answers)")
                #expect(site.site.workers == workers)
            }
        }
    }

    @Test func `where a clock is set back nginx does not ask, and learns of endpoints by a reload`() async throws {
        try await site { site, nginx in
            _ = try await site.run("--nginx", nginx.program) { postern in
                try await site.awaitBackends(["b0"], of: "a")
                let answers = try await site.asking("a.example") {
                    try nginx.set(by: -3_600)
                    // What it has asked just before it may hold for an hour.
                    try site.serve("a", by: site.backends[1])
                    try await site.awaitBackends(["b1"], of: "a")
                    try await postern.awaitLog("[endpoints-not-asked]")
                    try site.serve("a", by: site.backends[0])
                    try await site.awaitBackends(["b0"], of: "a")
                    #expect(site.configuration.contains("server 198.") && !site.configuration.contains(" resolve "))
                }
                #expect(Set(answers.keys) == ["200"], "\(answers)")
            }
        }
    }

    private func site(_ body: (EndpointSite, ShiftedNginx) async throws -> Void) async throws {
        try await EndpointSite.use(backends: 2) { site in
            let nginx = try await ShiftedNginx(EndpointSite.program, in: site.site.folder)
            try site.serve("a", by: site.backends[0])
            try await body(site, nginx)
        }
    }
}
