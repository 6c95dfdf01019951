import Foundation
import Subprocess
import SystemPackage
import TestSupport

/// The real program, while it runs as `postern demo`.
struct DemoRun: Sendable {
    /// The output up to where it waits for Ctrl-C.
    let guide: String
    /// The folder that it takes for temporary files.
    let temporaryFolder: URL

    /// How it ended.
    struct End: Sendable {
        let status: TerminationStatus
        /// All that it wrote to standard output.
        let output: String
        /// All that it wrote to standard error.
        let errors: String
    }

    /// Runs the demo, and `body` once it waits for Ctrl-C; then sends it a signal, if any, and waits for its end.
    static func use(
        _ arguments: [String]? = nil,
        endedBy signal: Signal? = .interrupt,
        in temporaryFolder: URL,
        body: (DemoRun) async throws -> Void = { _ in }
    ) async throws -> End {
        let program = try program
        return try await TemporaryFolder.use { folder in
            let errors = folder.appending(path: "errors").path(percentEncoded: false)
            let result = try await Subprocess.run(
                .path(FilePath(program)),
                arguments: Arguments(["demo"] + (arguments ?? FreePort.options())),
                environment: .inherit.updating(["TMPDIR": temporaryFolder.path(percentEncoded: false)]),
                platformOptions: .endedByTermination,
                input: .none,
                output: .sequence,
                error: .fileDescriptor(
                    try .open(FilePath(errors), .writeOnly, options: .create, permissions: .ownerReadWrite),
                    closeAfterSpawningProcess: true
                )
            ) { execution in
                var text = ""
                for try await line in execution.standardOutput.strings() {
                    text += line + "\n"
                    guard line.contains("Ctrl-C ends it") else { continue }
                    try await body(DemoRun(guide: text, temporaryFolder: temporaryFolder))
                    if let signal { try execution.send(signal: signal) }
                }
                return text
            }
            return End(
                status: result.terminationStatus,
                output: result.closureResult,
                errors: try String(contentsOfFile: errors, encoding: .utf8)
            )
        }
    }

    /// Lies beside the tests in the build folder.
    private static var program: String {
        get throws {
            let tests = URL(filePath: CommandLine.arguments[0])
            let program = tests.deletingLastPathComponent().appending(path: "postern").path(percentEncoded: false)
            guard FileManager.default.isExecutableFile(atPath: program) else { throw NotBuilt(description: program) }
            return program
        }
    }

    struct NotBuilt: Error, CustomStringConvertible {
        let description: String
    }
}

extension PlatformOptions {
    /// A test that fails lets the demo clean up too.
    fileprivate static var endedByTermination: PlatformOptions {
        var options = PlatformOptions()
        options.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .seconds(10))]
        return options
    }
}
