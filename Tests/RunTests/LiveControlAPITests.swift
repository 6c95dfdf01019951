import ControllerTestSupport
import Foundation
import NginxControl
import TestSupport
import Testing

/// An nginx that is told what to do by its control API; `make control` runs them, and `make test` leaves them out.
@Suite(.timeLimit(.minutes(10)))
struct LiveControlAPITests {
    @Test func `the socket is for the owner alone, and reloads go by it`() async throws {
        try await NginxDeathTests.serving { site, postern in
            let socket = try #require(site.controlSockets.first, "nginx has none: run `make control NGINX=PATH`")
            let attributes = [site.control, socket].map { try? FileManager.default.attributesOfItem(atPath: $0) }
            #expect(attributes.map { $0?[.posixPermissions] as? Int } == [0o700, 0o600])
            let master = site.master
            try await Self.change(site, 2...6)
            #expect(site.master == master && site.controlSockets == [socket])
            #expect(!postern.log.contains("nginx-control-unusable"), "\(postern.log)")
            // Without it they go by a signal, which a note says.
            unlink(socket)
            try await Self.change(site, 7...8)
            try await postern.awaitLog("[nginx-control-unusable]")
        }
    }

    @Test func `a killed nginx leaves its socket, and the next one has another`() async throws {
        try await NginxDeathTests.serving { site, postern in
            let (master, sockets) = (site.master, site.controlSockets)
            #expect(sockets.count == 1)
            kill(master, SIGKILL)
            try await eventually("another master runs") { site.master != master && isAlive(site.master) }
            try await site.awaitAnswer("302 /v1", of: "a.example")
            #expect(site.controlSockets.count == 1 && site.controlSockets != sockets)
            try await Self.change(site, 2...3)
            #expect(!postern.log.contains("nginx-control-unusable"), "\(postern.log)")
        }
    }

    @Test func `a Postern that follows uses the socket of the nginx that it finds`() async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            _ = try await site.run { _ in try await site.awaitFirstSwap("302 /v1", of: "a.example") }
            let (master, sockets) = (site.master, site.controlSockets)
            _ = try await site.run { postern in
                try await Self.change(site, 2...3)
                #expect(site.master == master && site.controlSockets == sockets && sockets.count == 1)
                #expect(postern.log.contains("; it is told to reload by its control API"), "\(postern.log)")
                #expect(!postern.log.contains("nginx-control-unusable"), "\(postern.log)")
            }
        }
    }

    @Test func `a state folder that is removed takes the socket with it, and the next nginx keeps its own`()
        async throws
    {
        try await NginxDeathTests.serving { site, postern in
            let master = site.master
            // Piece by piece it would come back while it goes.
            #expect(rename(site.state, "\(site.folder)/gone") == 0)
            try await eventually("another master serves") {
                site.master != master && site.master != 0 && isAlive(site.master)
            }
            try await site.awaitAnswer("302 /v1", of: "a.example")
            try await eventually("the first has ended") { !isAlive(master) }
            #expect(site.controlSockets.count == 1)
            try await Self.change(site, 2...3)
            #expect(!postern.log.contains("nginx-control-unusable"), "\(postern.log)")
        }
    }

    @Test func `an nginx of somebody else is told by the socket in the state folder`() async throws {
        try await ControllerSite.use { site in
            var site = site
            site.ownership = .external(processIDFile: "\(site.folder)/external.pid")
            try site.write(Manifest.ingress("a") + Manifest.service("a"), to: "a.yaml")
            _ = try await site.runToEnd(["--once"])
            try await site.runExternalNginx(["-l", "unix:\(site.control)/n.sock"]) { _ in
                try await site.awaitAnswer("302 /v1", of: "a.example")
                _ = try await site.run { [site] postern in
                    try await Self.change(site, 2...4)
                    #expect(!postern.log.contains("nginx-control-unusable"), "\(postern.log)")
                    unlink("\(site.control)/n.sock")
                    try await Self.change(site, 5...5)
                    try await postern.awaitLog("its control API at \(site.control)/n.sock is of no use")
                }
            }
        }
    }

    @Test func `an nginx in a process namespace of its own takes each change, and is missed when it is gone`()
        async throws
    {
        try await Self.useUnseen { site, socket in
            _ = try await site.run(["--nginx-control", socket]) { postern in
                try await postern.awaitLog("is ready; no nginx runs")
                try await site.runUnseenNginx(socket) {
                    try await eventually("it is found") { site.generation(at: "good") != nil }
                    try await Self.change(site, 2...6)
                    #expect(!postern.log.contains("of no use"), "\(postern.log)")
                }
                try site.write(Manifest.ingress("a", to: "/v7") + Manifest.service("a"), to: "a.yaml")
                try await eventually("it is missed") { site.status?.swaps.first?.result == "awaits-nginx" }
            }
        }
    }

    @Test(arguments: SwapPoint.ofEverySwap)
    func `such an nginx serves on wherever Postern dies, and the next run goes on`(at point: SwapPoint) async throws {
        try await Self.useUnseen { site, socket in
            _ = try await site.runToEnd(["--nginx-control", socket, "--once"])
            try await site.runUnseenNginx(socket) {
                try await site.awaitAnswer("302 /v1", of: "a.example")
                let options = ["--nginx-control", socket]
                let answers = try await site.asking("a.example") {
                    let end = try await site.run(options + ["--kill-at", point.rawValue]) { postern in
                        try await eventually("it has looked") { postern.log.contains("nginx runs and serves") }
                        try site.write(Manifest.ingress("a", to: "/v2") + Manifest.service("a"), to: "a.yaml")
                        try await postern.awaitEnd()
                    }
                    #expect(end.status == .killed(SIGKILL), "\(end.log)")
                    _ = try await site.run(options) { _ in
                        try await site.awaitAnswer("302 /v2", of: "a.example")
                        try await eventually("it is remembered") {
                            site.generation(at: "good") == site.generation(at: "current") && site.isWhole(at: "good")
                        }
                    }
                }
                #expect(Set(answers.keys) == ["302 /v1", "302 /v2"], "\(answers)")
            }
        }
    }

    /// What becomes of `-l ADDRESS` before nginx sees it: nginx says no at once, or ends when it has become a daemon.
    @Test(arguments: ["exit 1", "set -- \"$1\" \"$2\" \"$3\" \"$4\" -l unix:/nowhere/n.sock"])
    func `an nginx that does not come up with its control API serves without`(_ fate: String) async throws {
        try await ControllerSite.use { site in
            let program = "\(site.folder)/nginx"
            let script = "#!/bin/sh\n[ \"$5\" = -l ] && { \(fate); }\nexec \(try Tool("nginx").path) \"$@\"\n"
            try Data(script.utf8).write(to: URL(filePath: program))
            chmod(program, 0o755)
            try site.write(Manifest.ingress("a") + Manifest.service("a"), to: "a.yaml")
            _ = try await site.run(["--nginx", program]) { postern in
                try await site.awaitFirstSwap("302 /v1", of: "a.example")
                try await Self.change(site, 2...3)
                #expect(site.controlSockets.isEmpty)
                try await postern.awaitLog("is of no use: nginx does not come up with it [nginx-control-unusable]")
            }
        }
    }

    /// A site whose nginx is not to be seen, and the socket of its control API.
    private static func useUnseen(body: (ControllerSite, String) async throws -> Void) async throws {
        try await ControllerSite.use { site in
            var site = site
            site.ownership = .external(processIDFile: "\(site.folder)/unseen.pid")
            try site.write(Manifest.ingress("a") + Manifest.service("a"), to: "a.yaml")
            try await body(site, "\(site.folder)/n.sock")
        }
    }

    /// Has the host lead elsewhere several times.
    private static func change(_ site: ControllerSite, _ numbers: ClosedRange<Int>) async throws {
        let answers = try await site.asking("a.example") {
            for number in numbers {
                try site.write(Manifest.ingress("a", to: "/v\(number)") + Manifest.service("a"), to: "a.yaml")
                try await site.awaitAnswer("302 /v\(number)", of: "a.example")
            }
        }
        #expect(answers.keys.allSatisfy { $0.hasPrefix("302 /v") }, "\(answers)")
    }
}

extension ControllerSite {
    fileprivate var control: String { "\(state)/control" }

    /// Runs an nginx in a process namespace of its own while `body` runs.
    fileprivate func runUnseenNginx(_ socket: String, body: () async throws -> Void) async throws {
        let user = geteuid() == 0 ? [] : ["--user", "--map-current-user"]
        let namespace = [try Tool("unshare").url.path, "--fork", "--kill-child", "--pid"] + user
        try await runExternalNginx(["-l", "unix:\(socket)"], by: namespace) { _ in try await body() }
    }

    fileprivate var controlSockets: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: control)) ?? []
        return names.map { "\(control)/\($0)" }
    }
}
