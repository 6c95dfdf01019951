package import Foundation
import Subprocess
import SystemPackage

/// A program of this machine that tests use.
package struct Tool: Sendable {
    package let path: String

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

    /// Finds a program of this package, which is built beside the tests.
    package init(built product: String) throws {
        let tests = URL(filePath: ProcessInfo.processInfo.arguments[0]).resolvingSymlinksInPath()
        path = tests.deletingLastPathComponent().appending(path: product).path
        guard FileManager.default.isExecutableFile(atPath: path) else { throw Missing(name: product) }
    }

    /// Takes the program at an absolute path.
    package init(at path: String) {
        self.path = path
    }

    /// The folder that the program is in.
    package var folder: String { URL(filePath: path).deletingLastPathComponent().path }

    /// Where the program lies.
    package var url: URL { URL(filePath: path) }

    /// Runs the program to its end.
    package func run(
        _ arguments: [String],
        input: String = "",
        in folder: URL? = nil
    ) async throws -> Outcome {
        let result = try await Subprocess.run(
            .path(FilePath(path)),
            arguments: Arguments(arguments),
            workingDirectory: folder.map { FilePath($0.path) },
            input: .fileDescriptor(try Self.file(holding: input), closeAfterSpawningProcess: true),
            output: .bytes(limit: 1 << 26),
            error: .bytes(limit: 1 << 26)
        )
        return Outcome(
            status: result.terminationStatus.exitCode,
            output: result.standardOutput,
            errors: String(decoding: result.standardError, as: UTF8.self)
        )
    }

    /// An open file without a name.
    ///
    /// A pipe would end this process, or its run of the program, where that has read none
    /// of it by the time it ends.
    private static func file(holding text: String) throws -> FileDescriptor {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        let file = try FileDescriptor.open(
            FilePath(path),
            .readWrite,
            options: [.create, .exclusiveCreate, .closeOnExec],
            permissions: .ownerReadWrite
        )
        try FileManager.default.removeItem(atPath: path)
        try file.writeAll(text.utf8)
        try file.seek(offset: 0, from: .start)
        return file
    }

    /// The result of running a program.
    package struct Outcome: Sendable {
        /// The exit code; `nil` where a signal ended it.
        package let status: Int32?
        /// The standard output.
        package let output: [UInt8]
        /// The standard error.
        package let errors: String

        package var succeeded: Bool { status == 0 }
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

        package init(description: String) {
            self.description = description
        }
    }
}

extension TerminationStatus {
    fileprivate var exitCode: Int32? {
        if case .exited(let code) = self { code } else { nil }
    }
}
