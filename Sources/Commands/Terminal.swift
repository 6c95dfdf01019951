import Diagnostics
import Foundation
import Synchronization
import SystemPackage

/// The two streams that a command writes to: results to the one, everything else to the other.
enum Terminal {
    /// Whether results go to a terminal, and so to a person.
    static var isInteractive: Bool { isatty(STDOUT_FILENO) == 1 }

    static func print(_ text: String) { write(Array(text.onLines.utf8)) }

    static func printError(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.onLines.utf8))
    }

    /// Writes a text as it is to a file or to a program, and in characters that print to a terminal.
    static func write(text: String) {
        guard isInteractive else { return write(Array(text.utf8)) }
        print(text.printableLines)
    }

    /// Why results have not been written, as where a disk is full; `nil` where they have.
    static var failure: String? { firstFailure.withLock { $0 } }

    private static let firstFailure = Mutex<String?>(nil)

    /// Writes results as they are.
    private static func write(_ bytes: [UInt8]) {
        do {
            try FileDescriptor.standardOutput.writeAll(bytes)
        } catch Errno.brokenPipe {
            // A reader that has gone away, as `head` does, ends the output and not the program's work.
        } catch {
            firstFailure.withLock { $0 = $0 ?? "\(error)" }
        }
    }
}

extension String {
    /// The lines of a text of our own that quotes others, in characters that print.
    var printableLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { PrintableText($0, limit: .max).text }
            .joined(separator: "\n")
    }
}

extension String {
    /// The text with the end of its last line.
    fileprivate var onLines: String { hasSuffix("\n") ? self : self + "\n" }
}
