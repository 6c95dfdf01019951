import Foundation
import Subprocess
import SystemPackage

/// The program that shows what does not fit on a screen.
struct Pager {
    private let command: String
    private let environment: [String: String]

    /// The program that `PAGER` names, else `less`; `nil` where nobody is there to see it, or none is wanted.
    init?(environment: [String: String] = ProcessInfo.processInfo.environment) {
        guard Terminal.isInteractive else { return nil }
        command = environment["PAGER"] ?? "less"
        guard !command.allSatisfy(\.isWhitespace), command != "cat" else { return nil }
        self.environment = environment
    }

    /// Shows a text until its reader has seen enough, or prints it where there is no such program.
    func show(_ text: String) async {
        // Ctrl-C is for the pager, and one that ends early is no error; what it starts with is what was before.
        for number in [SIGINT, SIGPIPE] { signal(number) { _ in } }
        defer { for number in [SIGINT, SIGPIPE] { signal(number, SIG_DFL) } }
        // As git has it: what fits on the screen is printed, colours are shown, and the screen stays as it is.
        let options: [Environment.Key: String?] = environment["LESS"] == nil ? ["LESS": "FRX"] : [:]
        let result = try? await Subprocess.run(
            .path("/bin/sh"),
            arguments: ["-c", command],
            environment: .inherit.updating(options),
            input: .inputWriter,
            output: .fileDescriptor(.standardOutput, closeAfterSpawningProcess: false),
            error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false)
        ) { pager in
            _ = try? await pager.standardInputWriter.write(text.hasSuffix("\n") ? text : text + "\n")
            try await pager.standardInputWriter.finish()
        }
        if result?.terminationStatus == .exited(Self.notFound) { Terminal.print(text) }
    }

    /// What a shell exits with where there is no such program (POSIX).
    private static let notFound: TerminationStatus.Code = 127
}
