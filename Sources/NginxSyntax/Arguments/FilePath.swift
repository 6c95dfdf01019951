/// The name of a file.
package struct FilePath: DirectiveArgument, Comparable, CustomStringConvertible {
    package static var kind: ArgumentKind { .path }

    let form: ArgumentForm

    package var value: String { form.text }

    /// Returns `nil` for an empty path, control characters, a `$`, or a `:` in front of the first slash.
    ///
    /// nginx evaluates many paths, and reads `syslog:`, `data:` or `engine:` in front as something else than a file.
    package init?(_ value: String) {
        guard !value.isEmpty, !value.utf8.contains(UInt8(ascii: "$")), let form = ArgumentForm(value) else {
            return nil
        }
        guard !value.utf8.prefix(while: { $0 != UInt8(ascii: "/") }).contains(UInt8(ascii: ":")) else { return nil }
        self.form = form
    }

    /// A path of our own.
    ///
    /// - Precondition: nginx can carry the literal as a path.
    package init(known literal: StaticString) {
        guard let path = FilePath("\(literal)") else { preconditionFailure("'\(literal)' is no path of a file") }
        self = path
    }

    package var description: String { form.description }

    package func write(to output: inout [UInt8]) { form.write(to: &output) }

    package static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}
