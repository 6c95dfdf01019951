/// The directives that nginx knows.
///
/// A few names mean different things in different blocks (`server` in `http` and in `upstream`); each has one
/// ``DirectiveSyntax`` per meaning.
package enum DirectiveGrammar {
    /// The first meaning of a name: that in `main` and `http` before that in `stream`; `nil` for an unknown name.
    package static func directive(named name: String) -> DirectiveSyntax? { meanings[name]?.first }

    /// Returns the rules for a name in a block; `nil` when it may not stand there.
    package static func directive(named name: String, in context: DirectiveContext) -> DirectiveSyntax? {
        meanings[name]?.first { $0.contexts.contains(context) }
    }

    /// Everything that a name means; empty for an unknown name.
    package static func directives(named name: String) -> [DirectiveSyntax] { meanings[name] ?? [] }

    /// All names, in the order of the alphabet.
    package static let names: [String] = meanings.keys.sorted()

    private static let meanings: [String: [DirectiveSyntax]] = Dictionary(grouping: all, by: \.name)

    /// All meanings of all names.
    package static let all: [DirectiveSyntax] = [
        core, httpCore, httpUpstream, httpProxy, httpFastCGI, httpGateways, httpGRPC, httpTLS, httpAccess,
        httpVariables,
        httpContent, stream, streamProxy, streamTLS, modules,
    ].flatMap(\.self)
}
