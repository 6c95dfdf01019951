import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// The controller in its plain use.
@Suite(.timeLimit(.minutes(10)))
struct ServingTests {
    @Test func `a folder goes live, and each change of it takes effect while nginx serves throughout`() async throws {
        try await ControllerSite.use { site in
            for name in ["a", "b", "c"] { try site.write(Manifest.ingress(name), to: "\(name).yaml") }
            let end = try await site.run { postern in
                for name in ["a", "b", "c"] { try await site.awaitAnswer("302 /v1", of: "\(name).example") }
                let answers = try await site.asking("a.example", "a.example") {
                    try site.write(Manifest.ingress("d"), to: "d.yaml")
                    try await site.awaitAnswer("302 /v1", of: "d.example")
                    try site.write(Manifest.ingress("b", to: "/v2"), to: "b.yaml")
                    try await site.awaitAnswer("302 /v2", of: "b.example")
                    try site.remove("c.yaml")
                    try await site.awaitAnswer("404", of: "c.example")
                }
                #expect(Set(answers.keys) == ["302 /v1"] && answers.values.reduce(0, +) > 20, "\(answers)")
                try await eventually("the last swap is told") { site.status?.swaps.count == 4 }
                #expect(site.status?.swaps.allSatisfy { $0.result == "settled" } == true)
                #expect(try await site.ask("d.example", "/there") == "503")
                postern.send(SIGTERM)
                try await postern.awaitEnd()
            }
            #expect(end.status == .exited(0), "\(end.log)")
            #expect(!isAlive(site.master))
        }
    }

    @Test func `nginx opens its logs anew where Postern is sent USR1, and both serve on`() async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            let end = try await site.run { postern in
                try await site.awaitAnswer("302 /v1", of: "a.example")
                let log = "\(site.state)/log/access.log"
                try FileManager.default.moveItem(atPath: log, toPath: "\(log).1")
                postern.send(SIGUSR1)
                try await eventually("a new log is there") { FileManager.default.fileExists(atPath: log) }
                try site.write(Manifest.ingress("a", to: "/v2"), to: "a.yaml")
                try await site.awaitAnswer("302 /v2", of: "a.example")
                postern.send(SIGTERM)
                try await postern.awaitEnd()
            }
            #expect(end.status == .exited(0), "\(end.log)")
        }
    }

    @Test func `a variable by which an nginx hands its sockets on is not handed on`() async throws {
        try await ControllerSite.use { site in
            var site = site
            site.environment["NGINX"] = "/usr/sbin/nginx"
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            _ = try await site.run { _ in try await site.awaitFirstSwap("302 /v1", of: "a.example") }
            #expect(!site.stateText("log/error.log").contains("inherited sockets"))
        }
    }

    @Test func `what has not changed reloads nothing`() async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            _ = try await site.run { postern in
                try await site.awaitFirstSwap("302 /v1", of: "a.example")
                let workers = site.workers
                // The same text, in another file, beside one that says nothing.
                try site.write(Manifest.ingress("a"), to: "b.yaml")
                try site.remove("a.yaml")
                try site.write("no: manifest", to: "c.yaml")
                try await postern.awaitLog("c.yaml:1:1")
                #expect(site.workers == workers && !workers.isEmpty)
                #expect(site.status?.swaps.count == 1)
                #expect(site.generations.count == 1)
            }
        }
    }

    @Test func `--once exits with 0 where all is well, and nginx serves on`() async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a") + Manifest.service("a"), to: "a.yaml")
            let end = try await site.runToEnd(["--once"])
            #expect(end.status == .exited(0), "\(end.log)")
            #expect(try await site.ask("a.example") == "302 /v1")
        }
    }

    @Test func `--once exits with 1 where something is wrong in the manifests`() async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            let end = try await site.runToEnd(["--once"])
            #expect(end.status == .exited(1))
            #expect(end.log.contains("a.yaml"), "\(end.log)")
            #expect(try await site.ask("a.example") == "302 /v1")
        }
    }

    @Test func `--once exits with 2 where nginx does not start, and tells its words`() async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a") + Manifest.service("a"), to: "a.yaml")
            let holder = try PortHolder(site.httpPort)
            defer { holder.release() }
            let end = try await site.runToEnd(["--once"])
            #expect(end.status == .exited(2))
            #expect(end.log.contains("bind() to 0.0.0.0:\(site.httpPort) failed"), "\(end.log)")
        }
    }

    @Test func `--once exits with 2 where there is no folder of manifests`() async throws {
        try await ControllerSite.use { site in
            try FileManager.default.removeItem(atPath: site.manifests)
            let end = try await site.runToEnd(["--once"])
            #expect(end.status == .exited(2))
            #expect(end.log.contains(site.manifests), "\(end.log)")
        }
    }
}
