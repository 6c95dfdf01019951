/// A DNS host name in lower case.
///
/// See [RFC 1123](https://www.rfc-editor.org/rfc/rfc1123#page-13), as Kubernetes reads it.
package struct HostName: DirectiveArgument, Comparable, CustomStringConvertible {
    package static var kind: ArgumentKind { .identifier }

    package let value: String

    /// Returns `nil` unless `value` is 1 to 253 bytes of labels: letters, digits and inner hyphens, at most 63 bytes each.
    package init?(_ value: String) {
        guard (1...253).contains(value.utf8.count) else { return nil }
        let labels = value.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.allSatisfy(Self.isLabel) else { return nil }
        self.value = value.lowercased()
    }

    package var description: String { value }

    package func write(to output: inout [UInt8]) { output.append(contentsOf: value.utf8) }

    package static func < (left: Self, right: Self) -> Bool { left.value < right.value }

    private static func isLabel(_ label: Substring.UTF8View.SubSequence) -> Bool {
        let hyphen = UInt8(ascii: "-")
        guard (1...63).contains(label.count), label.first != hyphen, label.last != hyphen else { return false }
        return label.allSatisfy { byte in
            byte == hyphen || (byte != UInt8(ascii: "_") && VariableName.isNameByte(byte))
        }
    }
}
