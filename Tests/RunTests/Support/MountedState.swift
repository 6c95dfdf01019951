import ControllerTestSupport
import Foundation
import TestSupport
import Testing

extension ControllerSite {
    /// Gives the state folder a file system of its own, which goes with the site.
    func mountState(size: String) async throws {
        mkdir(state, 0o755)
        try await Self.run("mount", "-t", "tmpfs", "-o", "size=\(size),mode=755,uid=\(geteuid())", "tmpfs", state)
    }

    /// Runs `body` while nothing in the state folder can be changed but through files that are open already.
    func whileReadOnly(body: () async throws -> Void) async throws {
        try await Self.run("mount", "--bind", state, state)
        // Not while somebody holds a file open that he writes.
        try await eventually("nobody writes") {
            do { try await Self.run("mount", "-o", "remount,bind,ro", state) } catch { return false }
            return true
        }
        do { try await body() } catch {
            try await Self.run("umount", "--lazy", state)
            throw error
        }
        try await Self.run("umount", "--lazy", state)
    }

    /// Takes all the space that is left where the state folder is.
    func fillDisk(_ name: String = "filler") {
        let file = "\(state)/\(name)"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        defer { close(descriptor) }
        for size in [1 << 16, 1 << 12, 1] {
            let block = [UInt8](repeating: 0, count: size)
            while Glibc.write(descriptor, block, size) > 0 {}
        }
    }

    /// Every file below a folder with its kind, mode, time and target, to be compared with later.
    static func contents(of folder: String) async throws -> [String] {
        let outcome = try await Tool("find").run([folder, "-printf", "%P %y %m %s %T@ %l\n"])
        return outcome.text.split(separator: "\n").map(String.init).sorted()
    }

    /// Runs a tool as root, who alone may mount.
    private static func run(_ tool: String, _ arguments: String...) async throws {
        let outcome =
            geteuid() == 0
            ? try await Tool(tool).run(arguments) : try await Tool("sudo").run(["-n", tool] + arguments)
        guard outcome.succeeded else { throw Tool.Failure(description: "\(tool): \(outcome.errors)") }
    }
}
