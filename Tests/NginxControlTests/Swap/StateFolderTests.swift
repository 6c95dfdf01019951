import Foundation
import TestSupport
import Testing

@testable import NginxControl

struct StateFolderTests {
    private func use(_ body: (StateFolder) throws -> Void) throws {
        try TemporaryFolder.use { folder in try body(StateFolder(folder.appending(path: "state").path)) }
    }

    @Test func `nobody but nginx gets to the sockets at which it hands connections to itself`() throws {
        try use { state in
            let lock = try state.open()
            func mode() throws -> Int {
                let attributes = try FileManager.default.attributesOfItem(atPath: state.sockets)
                return try #require(attributes[.posixPermissions] as? Int)
            }
            try state.prepareSockets(for: WorkerGroup())
            #expect(try mode() == 0o700)
            chmod(state.sockets, 0o777)
            var workers = WorkerGroup()
            workers.identifier = getgid()
            try state.prepareSockets(for: workers)
            #expect(try mode() == 0o710)
            #expect(state.httpsSocket.hasPrefix(state.sockets) && state.passingSocket.hasPrefix(state.sockets))
            withExtendedLifetime(lock) {}
        }
    }

    @Test func `nobody but its owner gets to the socket of nginx's control API`() throws {
        try use { state in
            let lock = try state.open()
            #expect(!state.holdsControlSockets)
            #expect(state.prepareControl() && state.holdsControlSockets)
            chmod(state.control, 0o755)
            #expect(!state.holdsControlSockets)
            #expect(state.prepareControl() && state.holdsControlSockets)
            rmdir(state.control)
            symlink(state.logs, state.control)
            #expect(!state.prepareControl() && !state.holdsControlSockets)
            let attributes = try FileManager.default.attributesOfItem(atPath: state.logs)
            #expect(attributes[.posixPermissions] as? Int == 0o755)
            withExtendedLifetime(lock) {}
        }
    }

    @Test func `a folder is one process's at a time`() throws {
        try use { state in
            let lock = try state.open()
            #expect(StateLock.isHeld(in: state))
            #expect(throws: StateFolderError.inUse(state.path)) { _ = try state.open() }
            withExtendedLifetime(lock) {}
        }
    }

    @Test func `a folder is free once its process lets go of it`() async throws {
        try await TemporaryFolder.use { folder in
            let state = StateFolder(folder.appending(path: "state").path)
            do { _ = try state.open() }
            // A process that another test is starting may hold it for a moment longer.
            try await eventually("the folder is free") { !StateLock.isHeld(in: state) }
            _ = try state.open()
        }
    }

    @Test func `whoever asks whether a folder is held is in nobody's way`() throws {
        try use { state in
            let asking = Thread {
                while !Thread.current.isCancelled { _ = StateLock.isHeld(in: state) }
            }
            asking.start()
            defer { asking.cancel() }
            for _ in 0..<200 { _ = try state.open() }
        }
    }

    @Test(arguments: ["2\n", "99", "x", ""])
    func `a folder of another format is refused, and left as it is`(format: String) throws {
        try use { state in
            do { _ = try state.open() }
            try format.write(toFile: "\(state.path)/format", atomically: true, encoding: .utf8)
            #expect(throws: StateFolderError.otherFormat(state.path)) { _ = try state.open() }
            #expect(try String(contentsOfFile: "\(state.path)/format", encoding: .utf8) == format)
        }
    }

    @Test func `a link leads to a generation that is there, or to none`() throws {
        try use { state in
            let lock = try state.open()
            #expect(state.target(of: state.current) == nil)
            for id in ["a", "b"] {
                try FileManager.default.createDirectory(
                    atPath: "\(state.generations)/\(id)",
                    withIntermediateDirectories: false
                )
                try state.write("", to: "\(state.generations)/\(id)/nginx.conf")
                try state.point(state.current, to: id)
                #expect(state.target(of: state.current) == id)
            }
            try FileManager.default.removeItem(atPath: "\(state.generations)/b")
            #expect(state.target(of: state.current) == nil)
            withExtendedLifetime(lock) {}
        }
    }

    @Test func `only what nginx writes later counts as its refusal`() throws {
        try use { state in
            let lock = try state.open()
            try "old\n".write(toFile: state.refusalLog, atomically: false, encoding: .utf8)
            var log = RefusalLog(state.refusalLog)
            var lines = [log.newLines()]
            let handle = try #require(FileHandle(forWritingAtPath: state.refusalLog))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("new\nhal".utf8))
            lines.append(log.newLines())
            try handle.write(contentsOf: Data("f\n".utf8))
            lines += [log.newLines(), log.newLines()]
            #expect(lines == ["", "new\n", "half\n", ""])
            withExtendedLifetime(lock) {}
        }
    }
}
