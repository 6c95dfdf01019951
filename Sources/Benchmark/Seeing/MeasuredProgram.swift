import Foundation

/// A run of the `postern` that was built beside this program.
struct MeasuredProgram {
    /// How long somebody waited for it.
    var seconds: Double
    var usage: ProcessUsage
    /// How many lines it printed.
    var lines: Int

    /// Throws where it could not do its work.
    static func postern(_ arguments: [String], _ folder: URL) throws -> MeasuredProgram {
        let program = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "postern").path
        let output = folder.appending(path: "output").path
        var pointers = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        let start = ContinuousClock.now
        var process: pid_t = 0
        let code = posix_spawn(&process, program, &actions, nil, &pointers, environ)
        guard code == 0 else { throw BenchmarkError.system(program, code) }
        let (status, usage) = try ProcessUsage.waiting(for: process)
        let time = ContinuousClock.now - start
        // Differences and findings are no failure.
        guard [0, 1].contains(status >> 8), status & 0x7F == 0 else {
            throw BenchmarkError.failed("postern \(arguments.joined(separator: " ")) ended with \(status)")
        }
        let text = try Data(contentsOf: URL(filePath: output))
        return MeasuredProgram(
            seconds: time / .seconds(1),
            usage: usage,
            lines: text.count { $0 == UInt8(ascii: "\n") }
        )
    }
}
