import ControllerTestSupport
import FlyingSocks
import Foundation
import TestSupport
import Testing

/// Somebody else starts and ends nginx.
@Suite(.timeLimit(.minutes(10)))
struct ExternalNginxTests {
    @Test func `without an nginx the generation is ready, and --once exits with 0`() async throws {
        try await Self.use { site, file in
            let end = try await site.runToEnd(["--once"])
            #expect(end.status == .exited(0), "\(end.log)")
            #expect(end.log.contains(" is ready; no nginx runs that could serve it"), "\(end.log)")
            #expect(site.isWhole(at: "current") && site.generation(at: "good") == nil)
            #expect(site.status?.swaps.map(\.result) == ["awaits-nginx"])
        }
    }

    @Test func `an nginx that comes later is found by its process id, and takes each change`() async throws {
        try await Self.use { site, file in
            _ = try await site.run { postern in
                try await postern.awaitLog("is ready; no nginx runs")
                try await site.runExternalNginx { master in
                    try await site.awaitAnswer("302 /v1", of: "a.example")
                    try await eventually("it is remembered as good") { site.generation(at: "good") != nil }
                    let before = site.generation(at: "good")
                    let answers = try await site.asking("a.example") {
                        try site.write(Manifest.ingress("a", to: "/v2") + Manifest.service("a"), to: "a.yaml")
                        try await site.awaitAnswer("302 /v2", of: "a.example")
                        // Until then old workers answer as well.
                        try await eventually("it has settled") { site.generation(at: "good") != before }
                    }
                    #expect(Set(answers.keys) == ["302 /v1", "302 /v2"], "\(answers)")
                    #expect(site.processIdentifier(in: file) == master)
                    postern.send(SIGTERM)
                    try await postern.awaitEnd()
                    #expect(try await site.ask("a.example") == "302 /v2", "it is not ours to end")
                }
            }
        }
    }

    @Test(arguments: ["", "garbage\n", "-1\n", "0\n", "1\n", "99999999999999999999\n", "4194304\n"])
    func `a file that names no nginx is no nginx`(_ text: String) async throws {
        try await Self.use { site, file in
            try Data(text.utf8).write(to: URL(filePath: file))
            let end = try await site.runToEnd(["--once"])
            #expect(end.status == .exited(0), "\(end.log)")
            #expect(end.log.contains("is ready; no nginx runs that could serve it"), "\(end.log)")
        }
    }

    @Test func `a process that is no nginx gets no signal, whatever the file says`() async throws {
        try await Self.use { site, file in
            try await Bystander.use(in: site.folder) { bystander in
                try Data("\(bystander.processIdentifier)\n".utf8).write(to: URL(filePath: file))
                let end = try await site.run { postern in
                    try await postern.awaitLog("is ready; no nginx runs")
                    let first = site.generation(at: "current")
                    try site.write(Manifest.ingress("a", to: "/v2") + Manifest.service("a"), to: "a.yaml")
                    try await eventually("the change is ready") { site.generation(at: "current") != first }
                    postern.send(SIGTERM)
                    try await postern.awaitEnd()
                }
                #expect(end.status == .exited(0))
                #expect(try await bystander.signals() == [])
            }
        }
    }

    @Test func `a new nginx can start where one was killed, and its socket was left`() async throws {
        try await Self.use { site, file in
            _ = try await site.run { postern in
                try await postern.awaitLog("is ready; no nginx runs")
                try await site.runExternalNginx { _ in try await site.awaitAnswer("302 /v1", of: "a.example") }
                try site.write(Manifest.ingress("a", to: "/v2") + Manifest.service("a"), to: "a.yaml")
                try await eventually("the socket is gone") {
                    !FileManager.default.fileExists(atPath: "\(site.state)/status.sock")
                }
                try await site.runExternalNginx { master in
                    try await site.awaitAnswer("302 /v2", of: "a.example")
                    #expect(site.processIdentifier(in: file) == master)
                }
            }
        }
    }

    @Test func `a socket on which somebody is about to listen is left alone`() async throws {
        try await Self.use { site, _ in
            mkdir(site.state, 0o755)
            let socket = try Socket(domain: AF_UNIX, type: .stream)
            defer { try? socket.close() }
            try socket.bind(to: .unix(path: "\(site.state)/status.sock"))
            let end = try await site.runToEnd(["--once"])
            #expect(end.status == .exited(0), "\(end.log)")
            #expect(FileManager.default.fileExists(atPath: "\(site.state)/status.sock"))
        }
    }

    /// A site with one host whose nginx writes its process id to a file of the test.
    private static func use(body: (ControllerSite, String) async throws -> Void) async throws {
        try await ControllerSite.use { site in
            var site = site
            let file = "\(site.folder)/external.pid"
            site.ownership = .external(processIDFile: file)
            try site.write(Manifest.ingress("a") + Manifest.service("a"), to: "a.yaml")
            try await body(site, file)
        }
    }
}
