/// Any text that nginx can carry, for places that it takes as they are.
package struct Text: DirectiveArgument {
    package static var kind: ArgumentKind { .text }

    let form: ArgumentForm

    package var value: String { form.text }

    /// Returns `nil` for control characters, and for text that prints to more than 4,000 bytes.
    package init?(_ value: String) {
        guard let form = ArgumentForm(value) else { return nil }
        self.form = form
    }

    /// A text of our own.
    ///
    /// - Precondition: nginx can carry it.
    package init(known literal: StaticString) {
        guard let text = Text("\(literal)") else { preconditionFailure("nginx cannot carry '\(literal)'") }
        self = text
    }

    package func write(to output: inout [UInt8]) { form.write(to: &output) }
}

extension Text: Comparable, CustomStringConvertible {
    package static func < (left: Self, right: Self) -> Bool { left.value < right.value }

    package var description: String { form.description }
}
