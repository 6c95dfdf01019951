extension DirectiveGrammar {
    /// One row of a table of directives; ``table(module:_:)`` makes it a ``DirectiveSyntax``.
    struct Row {
        let name: String
        let contexts: Set<DirectiveContext>
        let count: ArgumentCount
        let reader: ArgumentReader
        let opens: DirectiveContext?
        let since: NginxVersion?

        /// Arguments without a place are the directive's own words.
        init(
            _ name: String,
            _ contexts: Set<DirectiveContext>,
            _ count: ArgumentCount,
            _ places: ArgumentPlace...,
            reads reader: ArgumentReader? = nil,
            opens: DirectiveContext? = nil,
            since: NginxVersion? = nil
        ) {
            self.name = name
            self.contexts = contexts
            self.count = count
            self.reader = reader ?? .places(places)
            self.opens = opens
            self.since = since
        }
    }

    /// The directives of one module; `nil` for the core.
    static func table(module: String?, _ rows: [Row]) -> [DirectiveSyntax] {
        rows.map { row in
            DirectiveSyntax(
                name: row.name,
                contexts: row.contexts,
                opens: row.opens,
                argumentCount: row.count.range,
                since: row.since,
                module: module,
                reader: row.reader
            )
        }
    }
}

/// How many arguments a directive takes, in words.
enum ArgumentCount {
    case none, one, two, three, four
    case oneAtMost, twoAtMost
    case oneOrTwo, oneToThree, oneToFour, twoOrThree, twoToFour
    case oneOrMore, twoOrMore

    var range: ClosedRange<Int> {
        switch self {
        case .none: 0...0
        case .one: 1...1
        case .two: 2...2
        case .three: 3...3
        case .four: 4...4
        case .oneAtMost: 0...1
        case .twoAtMost: 0...2
        case .oneOrTwo: 1...2
        case .oneToThree: 1...3
        case .oneToFour: 1...4
        case .twoOrThree: 2...3
        case .twoToFour: 2...4
        case .oneOrMore: 1...Int.max
        case .twoOrMore: 2...Int.max
        }
    }
}

extension Set<DirectiveContext> {
    static let httpToLocation: Self = [.http, .server, .location]
    static let httpToIf: Self = [.http, .server, .location, .ifInLocation]
    static let httpAndServer: Self = [.http, .server]
    static let streamAndServer: Self = [.stream, .streamServer]
}
