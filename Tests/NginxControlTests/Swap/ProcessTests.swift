import Foundation
import TestSupport
import Testing

@testable import NginxControl

@Suite(.timeLimit(.minutes(10))) struct ProcessTests {
    /// A process that prints a signal that it gets, and goes on.
    private func withStubbornProcess(_ body: (Process, Pipe) async throws -> Void) async throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "trap 'echo signalled' HUP; echo ready; while :; do sleep 0.05; done"]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer { kill(process.processIdentifier, SIGKILL) }
        #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) == "ready\n")
        try await body(process, output)
    }

    @Test func `a process is told from a later one with its number`() async throws {
        try await withStubbornProcess { process, _ in
            let entry = try #require(ProcessEntry(process.processIdentifier))
            #expect(entry.isAlive)
            #expect(entry.parent == getpid())
            #expect(entry.title.hasPrefix("/bin/sh -c"))
            kill(process.processIdentifier, SIGKILL)
            try await eventually("the process is gone") { !entry.isAlive }
            #expect(!entry.send(SIGHUP))
        }
    }

    @Test func `a signal reaches the process that is meant`() async throws {
        try await withStubbornProcess { process, output in
            let entry = try #require(ProcessEntry(process.processIdentifier))
            #expect(entry.send(SIGHUP))
            #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) == "signalled\n")
        }
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
        try await withStubbornProcess { process, _ in
            try TemporaryFolder.use { folder in
                let file = folder.appending(path: "nginx.pid")
                try "\(process.processIdentifier)\n".write(to: file, atomically: true, encoding: .utf8)
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
