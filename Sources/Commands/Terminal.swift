import Diagnostics
import Foundation

/// The two streams that a command writes to: results to the one, everything else to the other.
enum Terminal {
    /// Whether results go to a terminal, and so to a person.
    static var isInteractive: Bool { isatty(STDOUT_FILENO) == 1 }

    static func print(_ text: String) {
        write(text, to: .standardOutput)
    }

    static func printError(_ text: String) {
        write(text, to: .standardError)
    }

    /// Writes a text as it is to a file or to a program, and in characters that print to a terminal.
    static func write(text: String) {
        guard isInteractive else { return write(Array(text.utf8)) }
        print(text.printableLines)
    }

    /// Writes bytes as they are.
    private static func write(_ bytes: [UInt8]) {
        // A reader that has gone away, as `head` does, ends the output and not the program's work.
        try? FileHandle.standardOutput.write(contentsOf: Data(bytes))
    }

    private static func write(_ text: String, to handle: FileHandle) {
        try? handle.write(contentsOf: Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
    }
}

extension String {
    /// The lines of a text of our own that quotes others, in characters that print.
    var printableLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { PrintableText($0, limit: .max).text }
            .joined(separator: "\n")
    }
}
