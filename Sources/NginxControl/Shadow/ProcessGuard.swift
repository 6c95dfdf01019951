import Subprocess
import SystemPackage

/// Clears up after a proof as soon as this process is gone, even if it was killed.
///
/// It is there before there is anything to clear up, and leads the group of the processes that it kills.
enum ProcessGuard {
    // The folder goes first: with the group this shell goes as well. Whoever of the group is at work in the folder finds
    // no path to it then.
    private static let script = """
        trap '' TERM INT HUP
        read -r line
        for attempt in 1 2 3 4 5; do
            [ -e "$1" ] || break
            rm -rf -- "$1"
        done
        kill -s KILL 0
        """

    /// Guards a folder, and the processes of the group that `body` is told, while that runs; afterwards both are gone.
    static func run<Result: Sendable>(
        over folder: String,
        body: (_ group: Int32) async throws -> Result
    ) async throws -> Result {
        // The shell reads until the other end of its standard input is closed, which the system does for the dead too.
        // It is let finish whatever comes of the body: to throw here, or to be cancelled, would be to end it first.
        try await Subprocess.run(
            .path("/bin/sh"),
            arguments: ["-c", script, "sh", folder],
            platformOptions: .ownGroup,
            input: .inputWriter,
            output: .discarded,
            error: .discarded
        ) { guardian in
            let result: Swift.Result<Result, any Error>
            do {
                result = .success(try await body(guardian.processIdentifier.value))
            } catch {
                result = .failure(error)
            }
            try await guardian.standardInputWriter.finish()
            return result
        }.closureResult.get()
    }
}
