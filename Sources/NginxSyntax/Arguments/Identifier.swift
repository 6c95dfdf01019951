/// Letters, digits, `_`, `.` and `-`: a name that may join literal text, such as `zone={{ name }}:1m`.
package struct Identifier: DirectiveArgument, Comparable, CustomStringConvertible {
    package static var kind: ArgumentKind { .identifier }

    package let value: String

    /// Returns `nil` for an empty text, one that starts with `-`, any other character, or more than 4,000 bytes.
    package init?(_ value: String) {
        guard (1...ArgumentForm.longestForm).contains(value.utf8.count), value.utf8.first != UInt8(ascii: "-") else {
            return nil
        }
        let isPlain = value.utf8.allSatisfy { byte in
            VariableName.isNameByte(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
        }
        guard isPlain else { return nil }
        self.value = value
    }

    /// A name of our own.
    ///
    /// - Precondition: The literal is a name.
    package init(known literal: StaticString) {
        guard let name = Identifier("\(literal)") else { preconditionFailure("'\(literal)' is no identifier") }
        self = name
    }

    /// The name of a variable without its `$`.
    package init(_ variable: VariableName) { value = variable.value }

    /// The name that CGI has for a header: `HTTP_X_REAL_IP` for `X-Real-IP`.
    package init(parameterOf header: HeaderName) {
        value = "HTTP_" + header.value.uppercased().replacing("-", with: "_")
    }

    /// A number among other words.
    package init(_ number: UInt16) { value = "\(number)" }

    /// How many of something there are, among other words.
    package init(count: Int) { value = "\(max(0, count))" }

    /// A size among other words: its unit is a letter.
    package init(_ size: ByteSize) { value = size.description }

    package var description: String { value }

    package func write(to output: inout [UInt8]) { output.append(contentsOf: value.utf8) }

    package static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}
