import Foundation

/// The two streams that a command writes to: results to the one, everything else to the other.
enum Terminal {
    static func print(_ text: String) {
        write(text, to: .standardOutput)
    }

    static func printError(_ text: String) {
        write(text, to: .standardError)
    }

    /// Writes bytes as they are.
    static func write(_ bytes: [UInt8]) {
        // A reader that has gone away, as `head` does, ends the output and not the program's work.
        try? FileHandle.standardOutput.write(contentsOf: Data(bytes))
    }

    private static func write(_ text: String, to handle: FileHandle) {
        try? handle.write(contentsOf: Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
    }
}
