/// How a directive reads its arguments.
enum ArgumentReader: Sendable, Hashable {
    /// One place after the other; the last one repeats.
    case places([ArgumentPlace])
    /// The last argument in one way, those before it in another.
    case last(ArgumentPlace, others: ArgumentPlace)
    /// `if (condition)`.
    case condition
    /// `return URL`, or `return CODE TEXT`.
    case status

    func place(ofArgument index: Int, of total: Int, literalArguments: [String?]) -> ArgumentPlace {
        switch self {
        case .places(let places):
            index < places.count ? places[index] : places.last ?? .parameter
        case .last(let place, let others):
            index == total - 1 ? place : others
        case .condition:
            Self.placeInCondition(index, literalArguments)
        case .status:
            total > 1 && index == 0 ? .parameter : .evaluated
        }
    }

    /// `($name OPERATOR VALUE)`, with or without spaces inside the parentheses: what follows the operator is its value.
    private static func placeInCondition(_ index: Int, _ arguments: [String?]) -> ArgumentPlace {
        guard index > 0, index <= arguments.count, let before = arguments[index - 1] else { return .parameter }
        switch before {
        case "=", "!=": return .evaluated
        case "~", "~*", "!~", "!~*": return .regularExpression
        case "-f", "!-f", "-d", "!-d", "-e", "!-e", "-x", "!-x",
            "(-f", "(!-f", "(-d", "(!-d", "(-e", "(!-e", "(-x", "(!-x":
            return .evaluated
        default: return .parameter
        }
    }
}
