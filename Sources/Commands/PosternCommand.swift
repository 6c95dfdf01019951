package import ArgumentParser
import Diagnostics
import Foundation

/// The program: a command for each thing that can be done with manifests.
package struct PosternCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "postern",
        abstract: "An Ingress controller for stock nginx.",
        discussion: """
            Postern turns Kubernetes Ingress manifests, with the annotations of ingress-nginx, into a \
            configuration for nginx.

            Exit codes: 0 clean, 1 findings or differences, 2 the command could not do its work.
            """,
        version: "0.1.0",
        subcommands: [
            Render.self, Diff.self, Check.self, Explain.self, Migrate.self, Annotations.self, Keys.self, Run.self,
            Status.self, Demo.self,
        ]
    )

    package init() {}

    /// Runs the command that the command line names, and ends the process with its exit code.
    package static func runFromCommandLine() async {
        do {
            let arguments = try CommandArguments(CommandLine.arguments.dropFirst()).arguments
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            end(.success)
        } catch {
            end(reporting: error)
        }
    }

    /// Ends the process without what libraries have to do on `exit`.
    ///
    /// OpenSSL would take away what a thread of libcurl may still be at work with.
    private static func end(_ code: ExitCode) -> Never {
        fflush(nil)
        guard let failure = Terminal.failure else { _exit(code.rawValue) }
        // Results that nobody can have read are none.
        Terminal.printError("Error: standard output cannot be written: \(failure)")
        _exit(ExitCode.unfinished.rawValue)
    }

    /// The message of the error, in lines that print whatever it quotes.
    private static func text(of error: any Error) -> String {
        var text = fullMessage(for: error)
        // Only findings, and what the parser says of the command line, have several lines.
        guard !(error is CommandFailure) else { return text }
        guard exitCode(for: error) == .validationFailure else { return text.printable }
        for argument in CommandLine.arguments.flatMap({ [$0] + $0.split(separator: "=", maxSplits: 1).map(String.init) }
        )
        where !argument.isEmpty && argument != argument.printable {
            text = text.replacing(argument, with: argument.printable)
        }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(\.printable).joined(separator: "\n")
    }

    private static func end(reporting error: any Error) -> Never {
        if let code = error as? ExitCode { end(code) }
        let isHelp = exitCode(for: error).isSuccess
        let text = isHelp ? fullMessage(for: error) : text(of: error)
        if isHelp { Terminal.print(text) } else { Terminal.printError(text) }
        // A wrong option and an unreadable file are both 2: the command could not do its work.
        end(isHelp ? .success : .unfinished)
    }
}

extension ExitCode {
    /// Findings or differences.
    static let findings = ExitCode(1)
    /// The command could not do its work.
    static let unfinished = ExitCode(2)
}
