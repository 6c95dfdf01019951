import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// An nginx that somebody else starts, with a control API as the test wants it to behave.
@Suite(.timeLimit(.minutes(10)))
struct ControlAPIRunTests {
    @Test func `nginx is told by its control API alone where that answers`() async throws {
        try await Self.serving({ line, peer, file in
            if line.hasPrefix("PATCH") { Self.reload(file) }
            peer.write(Self.response(200, line.hasPrefix("PATCH") ? #"{"logs":[]}"# : "[]"))
        }) { site, postern, api in
            try await Self.change(site, to: "/v2")
            try await Self.change(site, to: "/v3")
            #expect(api.requests.filter { $0.hasPrefix("PATCH /1/control/config ") }.count == 2, "\(api.requests)")
            #expect(!postern.log.contains("nginx-control-unusable"), "\(postern.log)")
        }
    }

    @Test func `what its control API refuses is refused in its words, and what serves goes on serving`() async throws {
        try await Self.serving({ line, peer, file in
            let isReload = line.hasPrefix("PATCH")
            peer.write(Self.response(isReload ? 422 : 200, isReload ? #"{"logs":["\#(Self.refusal)"]}"# : "[]"))
        }) { site, postern, _ in
            let answers = try await site.asking("a.example") {
                try site.write(Manifest.ingress("a", to: "/v2") + Manifest.service("a"), to: "a.yaml")
                try await postern.awaitLog(#"no room for ""#)
                try await eventually("what served before is current") {
                    site.generation(at: "current") == site.generation(at: "good")
                }
            }
            #expect(Set(answers.keys) == ["302 /v1"], "\(answers)")
            #expect(!postern.log.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E })
        }
    }

    private static let refusal =
        #"2026/11/30 11:00:28 [emerg] 3#3: no room for \"\u001b[2J\u202e\" of it\n[notice] all is well\n"#

    /// How a control API can be of no use, and what is said of it.
    enum Misbehaviour: String, Sendable, CaseIterable {
        case silent = "it does not list its processes"
        case silentToReload = "it does not answer"
        case closes = "it closes the connection"
        case unknown = "it answers a reload with status 404"
        case endless = "its answer is too long"
        case lying = "it says that nginx has read its files"

        func handle(_ line: String, _ peer: UnixServer.Peer) {
            guard line.hasPrefix("PATCH") else {
                return self == .silent ? peer.awaitEnd() : peer.write(ControlAPIRunTests.response(200, "[]"))
            }
            switch self {
            case .silent, .closes: return
            case .silentToReload: peer.awaitEnd()
            case .unknown: peer.write(ControlAPIRunTests.response(404, ""))
            case .endless: peer.write("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 8 << 20))
            case .lying: peer.write(ControlAPIRunTests.response(200, #"{"logs":[]}"#))
            }
        }
    }

    @Test(arguments: Misbehaviour.allCases)
    func `a change goes live by a signal where the control API is of no use, and a note says so`(
        _ misbehaviour: Misbehaviour
    ) async throws {
        try await Self.serving({ line, peer, _ in misbehaviour.handle(line, peer) }, ["--reload-timeout", "20s"]) {
            site,
            postern,
            api in
            let answers = try await site.asking("a.example") {
                try await Self.change(site, to: "/v2")
                try await postern.awaitLog("is of no use: \(misbehaviour.rawValue)")
                // It is not asked again soon.
                try await Self.change(site, to: "/v3")
            }
            #expect(Set(answers.keys) == ["302 /v1", "302 /v2", "302 /v3"], "\(answers)")
            #expect(api.requests.count <= 2, "\(api.requests)")
        }
    }

    @Test func `an nginx whose processes are not seen is known by its control API alone`() async throws {
        try await Self.serving(Self.answer, isSeen: false) { site, postern, api in
            #expect(postern.log.contains("nginx runs and serves generation "), "\(postern.log)")
            let answers = try await site.asking("a.example") {
                for number in 2...4 { try await Self.change(site, to: "/v\(number)") }
            }
            #expect(Set(answers.keys) == ["302 /v1", "302 /v2", "302 /v3", "302 /v4"], "\(answers)")
            #expect(api.requests.filter { $0.hasPrefix("PATCH") }.count == 3, "\(api.requests)")
            try await eventually("it is told") { site.status?.swaps.first?.result == "settled" }
        }
    }

    @Test func `what an nginx refuses whose processes are not seen is refused, and what serves goes on serving`()
        async throws
    {
        try await Self.serving(
            { line, peer, file in
                guard line.hasPrefix("PATCH") else { return Self.answer(line, peer, file) }
                peer.write(Self.response(422, #"{"logs":["2026/11/30 11:00:28 [emerg] 3#3: no room\n"]}"#))
            },
            isSeen: false
        ) { site, postern, _ in
            let answers = try await site.asking("a.example") {
                try site.write(Manifest.ingress("a", to: "/v2") + Manifest.service("a"), to: "a.yaml")
                try await postern.awaitLog("no room")
                try await eventually("what served before is current") {
                    site.generation(at: "current") == site.generation(at: "good")
                }
            }
            #expect(Set(answers.keys) == ["302 /v1"], "\(answers)")
        }
    }

    @Test func `what becomes of an order to an nginx whose processes are not seen is told where it is not known`()
        async throws
    {
        try await Self.serving(
            { line, peer, file in if !line.hasPrefix("PATCH") { Self.answer(line, peer, file) } },
            isSeen: false
        ) { site, postern, _ in
            try site.write(Manifest.ingress("a", to: "/v2") + Manifest.service("a"), to: "a.yaml")
            try await postern.awaitLog("n.sock is of no use: it closes the connection before it has answered")
            #expect(try await site.ask("a.example") == "302 /v1")
        }
    }

    /// Answers as nginx does, for one whose process id is in a file.
    @Sendable private static func answer(_ line: String, _ peer: UnixServer.Peer, _ file: String) {
        if line.hasPrefix("PATCH") {
            reload(file)
            return peer.write(response(200, #"{"logs":[]}"#))
        }
        let master = number(in: file) ?? 0
        let children = FileManager.default.contents(atPath: "/proc/\(master)/task/\(master)/children") ?? Data()
        let processes = String(decoding: children, as: UTF8.self).split(separator: " ").map { child in
            let title = FileManager.default.contents(atPath: "/proc/\(child)/cmdline") ?? Data()
            let isEnding = String(decoding: title, as: UTF8.self).contains("shutting down")
            return #"{"name":"worker process","pid":\#(child),"exiting":\#(isEnding)}"#
        }
        peer.write(response(200, "[\(processes.joined(separator: ","))]"))
    }

    private static func number(in file: String) -> Int32? {
        let text = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return Int32(text.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    fileprivate static func response(_ status: Int, _ body: String) -> String {
        "HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    /// Has the nginx of a process id reload, as its own control API would.
    private static func reload(_ file: String) {
        if let number = number(in: file) { kill(number, SIGHUP) }
    }

    private static func change(_ site: ControllerSite, to path: String) async throws {
        try site.write(Manifest.ingress("a", to: path) + Manifest.service("a"), to: "a.yaml")
        try await site.awaitAnswer("302 \(path)", of: "a.example")
        try await eventually("it is remembered") { site.generation(at: "good") == site.generation(at: "current") }
    }

    /// Serves one host whose `/` leads to `/v1`, by an nginx of the test's with a control API of the test's.
    private static func serving(
        _ handle: @escaping @Sendable (String, UnixServer.Peer, String) -> Void,
        _ options: [String] = [],
        isSeen: Bool = true,
        body: (ControllerSite, ControllerProcess, UnixServer) async throws -> Void
    ) async throws {
        try await ControllerSite.use { site in
            var site = site
            let (file, socket) = ("\(site.folder)/external.pid", "\(site.folder)/n.sock")
            site.ownership = .external(processIDFile: file)
            try site.write(Manifest.ingress("a") + Manifest.service("a"), to: "a.yaml")
            _ = try await site.runToEnd(["--once"])
            try await UnixServer.use(at: socket, handle: { handle($0, $1, file) }) { [site] api in
                // By another name of the same file it is none that Postern knows.
                let configuration = "\(site.state)/\(isSeen ? "" : "./")current/nginx.conf"
                try await site.runExternalNginx(configuration: configuration) { _ in
                    try await site.awaitAnswer("302 /v1", of: "a.example")
                    _ = try await site.run(["--nginx-control", socket] + options) { postern in
                        try await eventually("it is settled") {
                            site.status?.generation != nil && site.generation(at: "good") != nil
                        }
                        try await body(site, postern, api)
                    }
                }
            }
        }
    }
}
