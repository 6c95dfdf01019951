import Foundation
import Subprocess
import SystemPackage

/// A program of this machine that tests use.
package struct Tool: Sendable {
    let path: String

    /// Finds a program in `PATH`, or in the folders of programs for administrators, which an ordinary user's `PATH` lacks.
    ///
    /// Throws ``Missing`` if it is in none of them.
    package init(_ name: String) throws {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let paths = (folders + ["/usr/local/sbin", "/usr/sbin", "/sbin"]).map { "\($0)/\(name)" }
        guard let path = paths.first(where: FileManager.default.isExecutableFile(atPath:)) else {
            throw Missing(name: name)
        }
        self.path = path
    }

    /// Takes the program at an absolute path.
    init(at path: String) {
        self.path = path
    }

    /// Runs the program to its end.
    package func run(_ arguments: [String], input: String = "") async throws -> Outcome {
        let result = try await Subprocess.run(
            .path(FilePath(path)),
            arguments: Arguments(arguments),
            input: .string(input),
            output: .bytes(limit: 1 << 26),
            error: .bytes(limit: 1 << 26)
        )
        return Outcome(
            succeeded: result.terminationStatus.isSuccess,
            output: result.standardOutput,
            errors: String(decoding: result.standardError, as: UTF8.self)
        )
    }

    /// What a program has left behind.
    package struct Outcome: Sendable {
        /// Whether it exited with 0.
        package let succeeded: Bool
        /// What it wrote to standard output.
        package let output: [UInt8]
        /// What it wrote to standard error.
        package let errors: String

        package var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// A program that the test needs is not installed.
    package struct Missing: Error, Hashable, CustomStringConvertible {
        package let name: String
        package var description: String { "\(name) is not installed" }
    }

    /// A program did not do what the test needs.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }
}
