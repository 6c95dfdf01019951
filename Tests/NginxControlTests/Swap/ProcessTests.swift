import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import NginxControl

@Suite(.timeLimit(.minutes(10))) struct ProcessTests {
    @Test func `a process is told from a later one with its number`() async throws {
        try await Self.withBystander { bystander in
            let entry = try #require(ProcessEntry(bystander.processIdentifier))
            #expect(entry.isAlive)
            #expect(entry.parent == getpid())
            #expect(entry.title.hasPrefix("/bin/sh -c"))
            kill(bystander.processIdentifier, SIGKILL)
            try await eventually("the process is gone") { !entry.isAlive }
            #expect(!entry.send(SIGHUP))
        }
    }

    @Test func `a signal reaches the process that is meant`() async throws {
        try await Self.withBystander { bystander in
            let entry = try #require(ProcessEntry(bystander.processIdentifier))
            #expect(entry.send(SIGHUP))
            #expect(try await bystander.signals() == ["HUP"])
        }
    }

    @Test func `all children of a process are found, however many there are`() async throws {
        let script = "exec 3<&0; for i in $(seq $1); do read -r line <&3 & done; wait"
        _ = try await Subprocess.run(
            .path("/bin/sh"),
            arguments: ["-c", script, "sh", "1000"],
            input: .inputWriter,
            output: .discarded,
            error: .discarded
        ) { shell in
            let entry = try #require(ProcessEntry(shell.processIdentifier.value))
            try await eventually("all have started") { entry.children.count == 1000 }
            // They read its end, and end.
            try await shell.standardInputWriter.finish()
        }
    }

    private static func withBystander(_ body: (Bystander) async throws -> Void) async throws {
        try await TemporaryFolder.use { folder in try await Bystander.use(in: folder.path, body: body) }
    }

    @Test(arguments: ["", "x", "-1", "0", "1e3", "999999999", "99999999999999999999"])
    func `a file without the number of an nginx names none`(text: String) throws {
        try TemporaryFolder.use { folder in
            let file = folder.appending(path: "nginx.pid")
            try text.write(to: file, atomically: true, encoding: .utf8)
            #expect(NginxMaster(processIDFile: file.path, startedWith: nil) == nil)
        }
    }

    @Test func `a process that is no nginx is not taken for one`() async throws {
        try await Self.withBystander { bystander in
            try TemporaryFolder.use { folder in
                let file = folder.appending(path: "nginx.pid")
                try "\(bystander.processIdentifier)\n".write(to: file, atomically: true, encoding: .utf8)
                #expect(NginxMaster(processIDFile: file.path, startedWith: nil) == nil)
            }
        }
    }

    @Test func `an nginx that keeps ending is started less and less often`() {
        var schedule = StartSchedule()
        var waits = [schedule.wait(sinceLastStart: nil)]
        for _ in 0..<9 {
            schedule.start()
            waits.append(schedule.wait(sinceLastStart: .zero))
        }
        // The first end may be an accident.
        #expect(waits.prefix(5) == [nil, nil, .milliseconds(500), .seconds(1), .seconds(2)])
        waits = [.seconds(29), .seconds(60), .zero].map { schedule.wait(sinceLastStart: $0) }
        #expect(waits == [.seconds(1), nil, nil])
    }
}
