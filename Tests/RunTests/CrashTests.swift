import ControllerTestSupport
import Foundation
import NginxControl
import TestSupport
import Testing

/// Postern is killed between any two steps of a swap.
@Suite(.timeLimit(.minutes(10)))
struct CrashTests {
    @Test(arguments: SwapPoint.ofEverySwap)
    func `nginx serves on wherever Postern dies, and the next run goes on`(at point: SwapPoint) async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            _ = try await site.run { _ in try await site.awaitAnswer("302 /v1", of: "a.example") }
            let master = site.master
            let answers = try await site.asking("a.example") {
                let end = try await site.run(["--kill-at", point.rawValue]) { postern in
                    try site.write(Manifest.ingress("a", to: "/v2"), to: "a.yaml")
                    try await postern.awaitEnd()
                }
                #expect(end.status == .killed(SIGKILL), "\(end.log)")
                #expect(site.isWhole(at: "current") && site.isWhole(at: "good"))
                try await Self.converge(site, to: "302 /v2")
            }
            #expect(site.master == master)
            #expect(Set(answers.keys) == ["302 /v1", "302 /v2"] && answers.values.reduce(0, +) > 2, "\(answers)")
        }
    }

    // A first start is no reload.
    @Test(arguments: SwapPoint.ofEverySwap.filter { $0 != .reloaded })
    func `the first generation goes live though Postern dies on the way`(at point: SwapPoint) async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            let end = try await site.runToEnd(["--kill-at", point.rawValue])
            #expect(end.status == .killed(SIGKILL), "\(end.log)")
            try await Self.converge(site, to: "302 /v1")
        }
    }

    @Test func `what was half written when Postern died is removed, though nothing else is to be done`() async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            _ = try await site.run { _ in
                try await site.awaitAnswer("302 /v1", of: "a.example")
                try await eventually("it is remembered") { site.generation(at: "good") != nil }
            }
            _ = try await site.run(["--kill-at", SwapPoint.staging.rawValue]) { postern in
                try site.write(Manifest.ingress("a", to: "/v2"), to: "a.yaml")
                try await postern.awaitEnd()
            }
            #expect(site.generations.count == 2)
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            try await Self.converge(site, to: "302 /v1")
            #expect(site.generations == [site.generation(at: "good")])
        }
    }

    private static func converge(_ site: ControllerSite, to answer: String) async throws {
        _ = try await site.run { _ in
            try await site.awaitAnswer(answer, of: "a.example")
            try await eventually("it is remembered") { site.generation(at: "good") == site.generation(at: "current") }
            try await eventually("it is told") { site.status?.generation?.id == site.generation(at: "current") }
            #expect(site.isWhole(at: "good"))
            // All of that may have been so before this Postern had done anything.
            try await eventually("nothing half written is left") {
                site.generations.count <= 2 && !site.generations.contains { $0.hasPrefix(".") }
            }
        }
    }
}
