/// A version of nginx, such as `1.22.1`.
package struct NginxVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let major: Int
    package let minor: Int
    package let patch: Int

    package init(_ major: Int, _ minor: Int, _ patch: Int) {
        (self.major, self.minor, self.patch) = (major, minor, patch)
    }

    /// Reads three numbers with dots between them; `nil` for anything else.
    package init?(_ text: String) {
        let fields = text.split(separator: ".", omittingEmptySubsequences: false)
        guard fields.count == 3, fields.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isDigit) }),
            let major = Int(fields[0]), let minor = Int(fields[1]), let patch = Int(fields[2])
        else { return nil }
        self.init(major, minor, patch)
    }

    package var description: String { "\(major).\(minor).\(patch)" }

    package static func < (left: Self, right: Self) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }

    static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
}
