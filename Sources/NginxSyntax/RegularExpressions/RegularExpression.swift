/// A pattern that PCRE2 compiles as nginx does: over bytes, without UTF mode.
package struct RegularExpression: DirectiveArgument {
    package static var kind: ArgumentKind { .regularExpression }

    let form: ArgumentForm

    package var pattern: String { form.text }
    package let captureCount: Int
    /// The names of its named groups, in the order of the alphabet; nginx makes each a variable of the request.
    package let groupNames: [String]

    /// Throws what PCRE2 has to say about the pattern, or that nginx cannot carry it.
    package init(_ pattern: String) throws(RegularExpressionError) {
        guard let form = ArgumentForm(pattern) else { throw .unprintable }
        let program = try CompiledPattern(pattern, ignoringCase: false)
        self.form = form
        self.captureCount = program.captureCount
        self.groupNames = program.groupNames.keys.sorted()
    }

    /// Returns a pattern that matches exactly `literal`.
    package static func escaping(_ literal: String) -> String {
        var pattern = ""
        for scalar in literal.unicodeScalars {
            if #"\^$.[|()?*+{"#.unicodeScalars.contains(scalar) { pattern += "\\" }
            pattern.unicodeScalars.append(scalar)
        }
        return pattern
    }

    /// Appends the pattern without a `~`.
    package func write(to output: inout [UInt8]) { form.write(to: &output) }
}

extension RegularExpression: CustomStringConvertible {
    package var description: String { form.description }
}

extension RegularExpression {
    /// Where a pattern matched, in bytes of the subject.
    package struct Match: Sendable, Hashable {
        package let range: Range<Int>
        /// The groups by number, the whole match first; `nil` for a group that took no part.
        package let groups: [Range<Int>?]
        /// The named groups that took part.
        package let namedGroups: [String: Range<Int>]
    }

    /// The leftmost match in `subject`.
    ///
    /// Returns `nil` when there is none, or when PCRE2 gives up on a pattern that backtracks without end;
    /// nginx answers 500 to such a request.
    package func firstMatch(in subject: [UInt8], ignoringCase: Bool = false) -> Match? {
        guard let program = try? CompiledPattern(pattern, ignoringCase: ignoringCase) else { return nil }
        return program.firstMatch(in: subject)
    }
}
