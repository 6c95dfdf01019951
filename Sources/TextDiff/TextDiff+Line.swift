extension TextDiff {
    /// A line without its newline, with its 1-based number in each text that it stands in.
    package enum Line: Sendable, Hashable {
        case context(Substring, old: Int, new: Int)
        case removed(Substring, old: Int)
        case added(Substring, new: Int)

        package var text: Substring {
            switch self {
            case .context(let text, _, _), .removed(let text, _), .added(let text, _): text
            }
        }

        package var oldNumber: Int? {
            switch self {
            case .context(_, let number, _), .removed(_, let number): number
            case .added: nil
            }
        }

        package var newNumber: Int? {
            switch self {
            case .context(_, _, let number), .added(_, let number): number
            case .removed: nil
            }
        }
    }
}
