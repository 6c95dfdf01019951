/// A pattern that PCRE2 compiles as nginx does: over bytes, without UTF mode.
package struct RegularExpression: DirectiveArgument {
    package static var kind: ArgumentKind { .regularExpression }

    /// The pattern behind its limit, as it is printed and matched.
    let form: ArgumentForm
    let programs = PatternPrograms()

    package let pattern: String
    /// How many steps of PCRE2 a match may take, printed with the pattern; `nil` leaves that to PCRE2.
    ///
    /// A request for which a pattern takes more is answered with 500.
    package let matchLimit: Int?
    package let captureCount: Int
    /// The names of its named groups, in the order of the alphabet; nginx makes each a variable of the request.
    package let groupNames: [String]

    /// Throws what PCRE2 has to say about the pattern, or that nginx cannot carry it.
    package init(_ pattern: String, matchLimit: Int? = nil) throws(RegularExpressionError) {
        let limit = matchLimit.map { "(*LIMIT_MATCH=\($0))" } ?? ""
        // Machine code counts other steps than PCRE2 itself, and has little memory for groups that are repeated.
        let prefix = matchLimit != nil || Self.mayRepeatGroups(pattern) ? "(*NO_JIT)" + limit : ""
        guard let form = ArgumentForm(prefix + pattern) else { throw .unprintable }
        let program = try CompiledPattern(pattern, ignoringCase: false)
        self.form = form
        self.pattern = pattern
        self.matchLimit = matchLimit
        captureCount = program.captureCount
        groupNames = program.groupNames.keys.sorted()
    }

    /// A pattern of our own.
    ///
    /// - Precondition: The literal is a pattern.
    package init(known literal: StaticString) {
        do throws(RegularExpressionError) { try self.init("\(literal)") } catch {
            preconditionFailure("'\(literal)' is no regular expression: \(error)")
        }
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

    /// Whether a group is repeated, or called; more often than it is.
    private static func mayRepeatGroups(_ pattern: String) -> Bool {
        var (first, second): (UInt8, UInt8) = (0, 0)
        for byte in pattern.utf8 {
            switch (first, second, byte) {
            case (_, UInt8(ascii: ")"), UInt8(ascii: "*")), (_, UInt8(ascii: ")"), UInt8(ascii: "+")),
                (_, UInt8(ascii: ")"), UInt8(ascii: "{")), (_, UInt8(ascii: "\\"), UInt8(ascii: "g")):
                return true
            case (UInt8(ascii: "("), UInt8(ascii: "?"), _) where "RP&(+-0123456789".utf8.contains(byte): return true
            default: (first, second) = (second, byte)
            }
        }
        return false
    }

    /// Appends the pattern without a `~`.
    package func write(to output: inout [UInt8]) { form.write(to: &output) }
}

extension RegularExpression: CustomStringConvertible {
    package static func == (left: Self, right: Self) -> Bool { left.form == right.form }

    package func hash(into hasher: inout Hasher) { hasher.combine(form) }

    package var description: String { form.description }
}

extension RegularExpression {
    /// The same pattern with another limit of steps; unchanged where nginx could not carry it with the limit.
    package func limited(to matchLimit: Int) -> RegularExpression {
        (try? RegularExpression(pattern, matchLimit: matchLimit)) ?? self
    }
}
