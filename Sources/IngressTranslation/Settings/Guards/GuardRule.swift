/// How the value of a guard is understood.
///
/// An empty one, or nonsense, is no way to open a guard.
enum GuardRule: Sendable, Hashable {
    /// Guards unless it is false.
    case bool
    /// Text for nginx, which guards by some of its directives.
    case snippet
    /// Guards whatever it says.
    case anything

    func verdict(on value: String) -> GuardVerdict {
        switch self {
        case .bool: Self.verdict(onBool: value)
        case .snippet: SnippetReading(value).verdict
        case .anything: value.isBlank ? .guards(.isEmpty) : .guards(.isNotRead)
        }
    }

    private static func verdict(onBool value: String) -> GuardVerdict {
        guard !value.isBlank else { return .guards(.isEmpty) }
        guard let isOn = try? ValueParser<Bool>.bool.parse(value) else { return .guards(.isNoBool) }
        return isOn ? .guards(.isNotRead) : .restrictsNobody
    }
}

/// The result of reading the value of a guard.
enum GuardVerdict: Sendable, Hashable {
    /// To leave it aside changes nothing.
    case restrictsNobody
    /// It restricts nobody, and what else it does is missing.
    case isMissed
    case guards(Reason)

    enum Reason: Sendable, Hashable {
        case isNotRead
        case isEmpty
        case isNoBool
        /// A directive of a snippet may guard.
        case directive(String)
        /// nginx could not read the snippet.
        case unreadable

        /// The middle of a sentence, behind the name of the guard.
        ///
        /// - Parameter reason: Why the guard is not read, as the end of a sentence.
        func text(because reason: String) -> String {
            switch self {
            case .isNotRead: "guards access, and \(reason)"
            case .isEmpty: "guards access, and an empty value lets nobody in"
            case .isNoBool: "guards access unless it is false, and its value is neither true nor false"
            case .directive(let name): "may guard access by '\(name)', and Postern executes no snippets"
            case .unreadable: "may guard access by what nginx could not read, and Postern executes no snippets"
            }
        }
    }
}

extension StringProtocol {
    fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }

    /// The text without blanks at its ends.
    var trimmed: String {
        let end = lastIndex { !$0.isWhitespace }.map(index(after:)) ?? startIndex
        return String(self[..<end].drop(while: \.isWhitespace))
    }
}
