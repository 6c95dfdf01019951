import Subprocess
import SystemPackage

/// Kills a process group as soon as this process is gone, even if it crashed.
enum ProcessGuard {
    /// Guards the group that `leader` leads while `body` runs, and kills what is left of it afterwards.
    static func run<Result: Sendable>(
        over leader: Int32,
        body: () async throws -> Result
    ) async throws -> Result {
        // The shell reads until the other end of its standard input is closed, which the system does for the dead too.
        // It is let finish whatever comes of the body: to throw here, or to be cancelled, would be to end it first.
        try await Subprocess.run(
            .path("/bin/sh"),
            arguments: ["-c", "trap '' TERM; read -r line; kill -s KILL -- \"-$1\"", "sh", "\(leader)"],
            input: .inputWriter,
            output: .discarded,
            error: .discarded
        ) { guardian in
            let result: Swift.Result<Result, any Error>
            do { result = .success(try await body()) } catch { result = .failure(error) }
            try await guardian.standardInputWriter.finish()
            return result
        }.closureResult.get()
    }
}
