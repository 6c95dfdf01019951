/// The name of a header as nginx takes it from clients and backends: letters, digits, `-` and `_`, in any case.
package struct HeaderName: DirectiveArgument, Comparable, CustomStringConvertible {
    package static var kind: ArgumentKind { .text }

    package let value: String
    package let lowercased: String

    /// Returns `nil` for an empty text, any other character, or more than 256 bytes.
    ///
    /// nginx drops headers of clients with other characters, and as it stands those with `_` too.
    package init?(_ value: String) {
        guard (1...256).contains(value.utf8.count), value.utf8.allSatisfy(Self.isNameByte) else { return nil }
        self.value = value
        lowercased = value.lowercased()
    }

    /// A name of our own.
    ///
    /// - Precondition: The literal is a name.
    package init(known literal: StaticString) {
        guard let name = HeaderName("\(literal)") else { preconditionFailure("'\(literal)' is no name of a header") }
        self = name
    }

    /// The variable that holds the header of a request, such as `http_x_real_ip`.
    package var requestVariable: VariableName {
        VariableName(unchecked: "http_" + lowercased.replacing("-", with: "_"))
    }

    /// The variable that holds the header of a backend's response, such as `upstream_http_vary`.
    package var responseVariable: VariableName {
        VariableName(unchecked: "upstream_http_" + lowercased.replacing("-", with: "_"))
    }

    package func write(to output: inout [UInt8]) { output.append(contentsOf: value.utf8) }

    package var description: String { value }

    /// Whether both name one header, which the case of letters does not tell apart.
    package func isSame(as other: Self) -> Bool { lowercased == other.lowercased }

    package static func < (left: Self, right: Self) -> Bool {
        (left.lowercased, left.value) < (right.lowercased, right.value)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || VariableName.isNameByte(byte)
    }
}
