import NginxSyntax

/// What the checks know about the values that fill a hole.
struct ArgumentType: Sendable, Hashable {
    var kind: ArgumentKind
    /// The values are written as any number of arguments.
    var isList: Bool

    init(_ argument: (some DirectiveArgument).Type) {
        kind = argument.kind
        isList = argument is any Collection.Type
    }

    /// Its values are plain characters and one argument, so they can stand inside a word.
    var joinsLiterals: Bool {
        guard !isList else { return false }
        return switch kind {
        case .identifier, .port, .number, .statusCode, .size, .duration, .flag: true
        default: false
        }
    }

    /// With an article, for messages: `a path`, `a list of addresses`.
    var description: String {
        isList ? "a list of values of kind \(kind.rawValue)" : "a value of kind \(kind.rawValue)"
    }
}
