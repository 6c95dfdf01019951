import NginxSyntax

/// The facts about the values of a hole that the checks need.
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
        case .text, .expression, .regularExpression, .locationMatch, .serverName, .mapKey, .address, .socketAddress,
            .cidr, .path, .comment:
            false
        }
    }

    /// With an article, for messages: `a path`, `a list of paths`.
    var description: String {
        isList ? "a list of \(kind.noun.plural)" : "\(kind.noun.article) \(kind.noun.singular)"
    }
}

extension ArgumentKind {
    fileprivate var noun: (article: String, singular: String, plural: String) {
        switch self {
        case .text: ("a", "text", "texts")
        case .expression: ("an", "expression", "expressions")
        case .regularExpression: ("a", "regular expression", "regular expressions")
        case .locationMatch: ("a", "location match", "location matches")
        case .serverName: ("a", "server name", "server names")
        case .mapKey: ("a", "map key", "map keys")
        case .size: ("a", "size", "sizes")
        case .duration: ("a", "duration", "durations")
        case .address: ("an", "address", "addresses")
        case .socketAddress: ("a", "socket address", "socket addresses")
        case .port: ("a", "port", "ports")
        case .cidr: ("a", "block of addresses", "blocks of addresses")
        case .path: ("a", "path", "paths")
        case .identifier: ("an", "identifier", "identifiers")
        case .flag: ("a", "'on' or 'off'", "'on' or 'off'")
        case .number: ("a", "number", "numbers")
        case .statusCode: ("a", "status code", "status codes")
        case .comment: ("a", "text for comments", "texts for comments")
        }
    }
}
