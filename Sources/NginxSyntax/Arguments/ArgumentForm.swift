/// A text as it stands in a configuration as one argument: as it is, or in double quotes.
///
/// Holding one is proof that nginx's lexer reads exactly `text` back.
struct ArgumentForm: Sendable, Hashable {
    /// The longest printed form; nginx's token buffer holds 4,096 bytes.
    static let longestForm = 4_000

    let text: String
    /// Whether the lexer reads the text back unchanged without quotes.
    let isBare: Bool

    /// Returns `nil` for a text with control characters, or one that is too long for nginx's token buffer.
    init?(_ text: String) {
        var scan = ArgumentScan()
        for byte in text.utf8 where !scan.take(byte) { return nil }
        scan.finish()
        guard text.utf8.count + scan.escapes + 2 <= Self.longestForm else { return nil }
        self.text = text
        self.isBare = scan.isBare
    }

    /// A variable's name with its `$`, or nothing.
    init(of variable: VariableName?) {
        text = variable.map { "$\($0.value)" } ?? ""
        isBare = variable != nil
    }

    /// Appends the argument; `prefix` belongs to it, and holds only letters, `~`, `*`, `=`, `:` or `\`.
    func write(to output: inout [UInt8], prefix: StaticString = "") {
        if isBare {
            output.append(prefix)
            output.append(contentsOf: text.utf8)
        } else {
            output.append(UInt8(ascii: "\""))
            output.append(prefix)
            writeEscaped(to: &output)
            output.append(UInt8(ascii: "\""))
        }
    }

    /// Appends the text as it stands between double quotes.
    func writeEscaped(to output: inout [UInt8]) {
        var isAfterBackslash = false
        for byte in text.utf8 {
            if isAfterBackslash, ArgumentScan.endsEscape(byte) { output.append(UInt8(ascii: "\\")) }
            if byte == UInt8(ascii: "\"") { output.append(UInt8(ascii: "\\")) }
            output.append(byte)
            isAfterBackslash = byte == UInt8(ascii: "\\")
        }
        if isAfterBackslash { output.append(UInt8(ascii: "\\")) }
    }
}

extension ArgumentForm {
    /// By every byte, as nginx compares: strings are equal for Unicode where only the way of writing `é` differs.
    static func == (left: Self, right: Self) -> Bool {
        left.text == right.text && left.text.utf8.elementsEqual(right.text.utf8)
    }
}

extension ArgumentForm: CustomStringConvertible {
    var description: String {
        var output: [UInt8] = []
        write(to: &output)
        return String(decoding: output, as: UTF8.self)
    }
}

extension [UInt8] {
    /// Appends a word of our own.
    mutating func append(_ word: StaticString) {
        unsafe append(contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }
}
