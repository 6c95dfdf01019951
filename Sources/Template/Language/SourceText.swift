import Diagnostics

/// The bytes of a template, which know where they stand.
struct SourceText: Sendable {
    let file: String
    let bytes: [UInt8]
    private let lineStarts: [Int]

    init(file: String, text: String) {
        self.file = file
        bytes = Array(text.utf8)
        var starts = [0]
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(index + 1)
        }
        lineStarts = starts
    }

    /// The line and the column (in Unicode scalars) of a byte.
    func position(at offset: Int) -> SourcePosition {
        var line = lineStarts.count - 1
        while line > 0, lineStarts[line] > offset { line -= 1 }
        let before = bytes[lineStarts[line]..<min(offset, bytes.count)]
        let column = before.count { $0 & 0b1100_0000 != 0b1000_0000 }
        return SourcePosition(file: file, line: line + 1, column: column + 1)
    }

    func string(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    func error(_ code: String, _ message: String, at offset: Int, hint: String? = nil) -> Diagnostic {
        Diagnostic(.error, code: "template-\(code)", message, position: position(at: offset), hint: hint)
    }
}
