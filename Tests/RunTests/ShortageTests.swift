import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// The system has no file descriptor or process left, or refuses a folder.
@Suite(.timeLimit(.minutes(10)))
struct ShortageTests {
    @Test(arguments: [18, 20, 22, 24])
    func `with too few descriptors it says what to raise, and goes on`(_ count: Int) async throws {
        try await ControllerSite.use { site in
            var site = site
            site.openFiles = count
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            let end = try await site.run { postern in
                try await postern.awaitLog("raise the limit of open files (ulimit -n, LimitNOFILE)")
                postern.send(SIGTERM)
                try await postern.awaitEnd()
            }
            #expect(end.status == .exited(0), "\(end.log)")
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give Postern a user of its own"))
    func `while no process can be started what served serves on, and then the change goes live`() async throws {
        try await ControllerSite.use { site in
            var site = site
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            try await site.giveAway()
            site.processes = 300
            _ = try await site.run { [site] postern in
                try await site.awaitAnswer("302 /v1", of: "a.example")
                let answers = try await site.asking("a.example") {
                    try await Self.crowding(site, with: 300) {
                        try site.write(Manifest.ingress("a", to: "/v2"), to: "a.yaml")
                        try await postern.awaitLog("raise the limit of processes (ulimit -u, TasksMax")
                    }
                }
                #expect(Set(answers.keys) == ["302 /v1"], "\(answers)")
                try await site.awaitAnswer("302 /v2", of: "a.example")
            }
        }
    }

    @Test(arguments: ["", "/generations"])
    func `while the state folder may not be written what served serves on`(_ folder: String) async throws {
        try await ControllerSite.use { site in
            var site = site
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            try await site.giveAway()
            _ = try await site.run { [site] postern in
                try await site.awaitFirstSwap("302 /v1", of: "a.example")
                chmod("\(site.state)\(folder)", 0o555)
                let answers = try await site.asking("a.example") {
                    try site.write(Manifest.ingress("a", to: "/v2"), to: "a.yaml")
                    try await postern.awaitLog("not taken live: the generation cannot be written: \(site.state)/")
                    let user = geteuid() == 0 ? 65_534 : geteuid()
                    try await postern.awaitLog(": Permission denied; it has to be writable for user \(user)")
                }
                #expect(Set(answers.keys) == ["302 /v1"], "\(answers)")
                chmod("\(site.state)\(folder)", 0o755)
                try await site.awaitAnswer("302 /v2", of: "a.example")
            }
        }
    }

    @Test func `a state folder that may not be made or written is named at the start`() async throws {
        try await ControllerSite.use { site in
            var site = site
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            try await site.giveAway()
            chmod(site.folder, 0o555)
            var end = try await site.runToEnd()
            #expect(end.status == .exited(2))
            let refusal = ": Permission denied; it has to be writable for"
            #expect(end.log.hasPrefix("Error: \(site.state)\(refusal)"), "\(end.log)")
            chmod(site.folder, 0o755)
            mkdir(site.state, 0o555)
            end = try await site.runToEnd()
            #expect(end.status == .exited(2))
            #expect(end.log.hasPrefix("Error: \(site.state)/"), "\(end.log)")
            #expect(end.log.contains(refusal), "\(end.log)")
        }
    }

    @Test(arguments: [4, 12, 24, 48])
    func `wherever a disk fills up in a swap what served serves on`(_ left: Int) async throws {
        try await ControllerSite.use { site in
            try await site.mountState(size: "4m")
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            _ = try await site.run { postern in
                try await site.awaitFirstSwap("302 /v1", of: "a.example")
                let answers = try await site.asking("a.example") {
                    let spare = "\(site.state)/spare"
                    try Data(count: left << 10).write(to: URL(filePath: spare))
                    site.fillDisk()
                    unlink(spare)
                    // Ever more, until there is no room for it.
                    var number = 0
                    var isFull = false
                    while !isFull {
                        number += 1
                        try site.write(Manifest.ingress("b\(number)"), to: "b\(number).yaml")
                        try await eventually("it is served, or the disk is full") {
                            isFull = postern.log.contains("No space left on device")
                            if isFull { return true }
                            return try await site.ask("b\(number).example") == "302 /v1"
                        }
                    }
                    #expect(site.isWhole(at: "current") && site.isWhole(at: "good"))
                    unlink("\(site.state)/filler")
                    try await site.awaitAnswer("302 /v1", of: "b\(number).example")
                }
                #expect(Set(answers.keys) == ["302 /v1"], "\(answers)")
            }
        }
    }

    /// Has the user of a site have so many processes more while `body` runs.
    private static func crowding(_ site: ControllerSite, with count: Int, body: () async throws -> Void) async throws {
        let user = try #require(site.user)
        let ready = "\(site.folder)/temporary/crowded"
        let crowd = "for n in $(seq \(count)); do sleep 600 & done; : >\(ready); wait"
        let script = """
            setpriv --reuid=\(user) --regid=\(user) --clear-groups -- /bin/sh -c '\(crowd)' &
            read -r line
            kill -s KILL 0
            """
        try await Guardian.run(script, over: "") {
            try await eventually("there is a crowd") { FileManager.default.fileExists(atPath: ready) }
            try await body()
        }
    }
}
