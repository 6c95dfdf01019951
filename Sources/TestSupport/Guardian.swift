import Subprocess
import SystemPackage

/// A shell that clears up as soon as a test is done or its process is gone, even if it crashed.
package enum Guardian {
    /// Runs `body`, and afterwards what comes behind `read -r line` in a script, with an argument as `$1`.
    ///
    /// The shell reads until the other end of its standard input is closed, which the system does for the dead too. It
    /// has a process group of its own, which Ctrl-C on a terminal does not reach.
    package static func run<Result: Sendable>(
        _ script: String,
        over argument: String,
        body: () async throws -> Result
    ) async throws -> Result {
        var options = PlatformOptions()
        options.processGroupID = 0
        // It is let finish whatever comes of the body: to throw here, or to be cancelled, would be to end it first.
        return try await Subprocess.run(
            .path("/bin/sh"),
            arguments: ["-c", script, "sh", argument],
            platformOptions: options,
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
