import Subprocess
import SystemPackage

/// Clears up after a shadow nginx as soon as this process is gone, even if it was killed.
enum ProcessGuard {
    private static let script = """
        trap '' TERM
        read -r line
        kill -s KILL -- "-$1"
        [ "$line" = done ] || rm -rf -- "$2"
        """

    /// Guards the group that `leader` leads, and its folder, while `body` runs; kills what is left of it afterwards.
    static func run<Result: Sendable>(
        over leader: Int32,
        in folder: ShadowFolder,
        body: () async throws -> Result
    ) async throws -> Result {
        // The shell reads until the other end of its standard input is closed, which the system does for the dead too.
        // It is let finish whatever comes of the body: to throw here, or to be cancelled, would be to end it first.
        try await Subprocess.run(
            .path("/bin/sh"),
            arguments: ["-c", script, "sh", "\(leader)", folder.path],
            platformOptions: .ownGroup,
            input: .inputWriter,
            output: .discarded,
            error: .discarded
        ) { guardian in
            let result: Swift.Result<Result, any Error>
            do { result = .success(try await body()) } catch { result = .failure(error) }
            _ = try await guardian.standardInputWriter.write("done\n")
            try await guardian.standardInputWriter.finish()
            return result
        }.closureResult.get()
    }
}
