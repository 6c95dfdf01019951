import Synchronization

extension RegularExpression {
    /// The outcome of looking for a match.
    package enum Outcome: Sendable, Hashable {
        case match(Match)
        case noMatch
        /// PCRE2 gave up on a pattern that backtracks further than the limit of steps; nginx answers 500.
        case givenUp
    }

    /// Where a pattern matched, in bytes of the subject.
    package struct Match: Sendable, Hashable {
        package let range: Range<Int>
        /// The groups by number, the whole match first; `nil` for a group that took no part.
        package let groups: [Range<Int>?]
        /// The named groups that took part.
        package let namedGroups: [String: Range<Int>]
    }

    /// Looks for the leftmost match in `subject`.
    package func outcome(in subject: [UInt8], ignoringCase: Bool = false) -> Outcome {
        programs.outcome(ignoringCase ? .ignoringCase : .plain, in: subject) { form.text }
    }

    /// Looks for a match at the start of `subject`, in any case; an expression that cannot be anchored has none.
    package func outcomeAtStart(of subject: [UInt8]) -> Outcome {
        programs.outcome(.atStart, in: subject) { (try? anchored())?.form.text }
    }

    /// The leftmost match in `subject`; `nil` where there is none, or where PCRE2 gives up.
    package func firstMatch(in subject: [UInt8], ignoringCase: Bool = false) -> Match? {
        if case .match(let match) = outcome(in: subject, ignoringCase: ignoringCase) { match } else { nil }
    }
}

/// The compiled forms of one pattern, each made when it is first asked for.
final class PatternPrograms: Sendable {
    enum Use: Hashable {
        case plain
        case ignoringCase
        /// At the start of a text, in any case.
        case atStart
    }

    private let known = Mutex<[Use: CompiledPattern]>([:])

    /// - Parameter pattern: The pattern of this use; `nil` where it has none, and so matches nothing.
    func outcome(_ use: Use, in subject: [UInt8], of pattern: () -> String?) -> RegularExpression.Outcome {
        known.withLock { known in
            if known[use] == nil, let pattern = pattern() {
                known[use] = try? CompiledPattern(pattern, ignoringCase: use != .plain)
            }
            return known[use]?.outcome(in: subject) ?? .noMatch
        }
    }
}
