import Foundation

/// Runs another program to its end.
enum Command {
    struct Result {
        let status: Int32
        /// Standard output and standard error.
        let output: String
    }

    static func run(_ program: String, _ arguments: [String]) throws -> Result {
        let folder = try TemporaryFolder()
        let output = folder.url.appendingPathComponent("output")
        let status = try ChildProcess(program, arguments, output: output).waitForExit()
        return Result(status: status, output: String(decoding: try Data(contentsOf: output), as: UTF8.self))
    }
}

/// A running program.
///
/// Foundation's `Process` sees the end of a program when the last process that inherited a socket of it ends;
/// an nginx started by another test at the same moment would hold it for as long as it runs.
final class ChildProcess: Sendable {
    private let id: pid_t

    /// Starts a program of the search path, with standard output and standard error going to a file.
    init(_ program: String, _ arguments: [String], output: URL) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output.path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        let words = ([program] + arguments).map { strdup($0) }
        let environment = ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") }
        defer { (words + environment).forEach { free($0) } }
        var id: pid_t = 0
        let problem = posix_spawnp(&id, program, &actions, nil, words + [nil], environment + [nil])
        guard problem == 0 else {
            throw CommandNotStarted(program: program, problem: String(cString: strerror(problem)))
        }
        self.id = id
    }

    /// The exit status, or 128 and the number of the signal that ended it.
    func waitForExit() -> Int32 {
        var status: Int32 = 0
        while waitpid(id, &status, 0) == -1, errno == EINTR {}
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }

    func end() {
        kill(id, SIGKILL)
        _ = waitForExit()
    }
}

struct CommandNotStarted: Error {
    let program: String
    let problem: String
}
