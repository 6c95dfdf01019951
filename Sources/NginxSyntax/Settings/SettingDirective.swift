/// A directive that one value sets for a block and all blocks inside of it: `proxy_read_timeout 60s;`.
package struct SettingDirective<Value: DirectiveArgument>: Sendable, Hashable {
    package let name: String
    let contexts: Set<DirectiveContext>

    /// - Precondition: nginx has a directive of this name that one value of the type sets. A directive of which a
    ///   block may have several, such as `add_header`, is none: the first one would take away what the block inherits.
    package init(_ name: String) {
        let syntax = DirectiveGrammar.directive(named: name)
        precondition(syntax?.isSet(by: Value.self) ?? false, "no value of kind \(Value.kind) sets '\(name)'")
        self.name = name
        contexts = syntax?.contexts ?? []
    }
}

extension Set<DirectiveContext> {
    /// The blocks that may hold ``DirectiveSettings``.
    fileprivate static let withSettings = httpToLocation.union([.main, .events])
}

extension DirectiveSyntax {
    fileprivate func isSet<Value: DirectiveArgument>(by _: Value.Type) -> Bool {
        guard opens == nil, !DirectiveGrammar.accumulating.contains(name), !contexts.isDisjoint(with: .withSettings)
        else { return false }
        let isList = Value.self is any Collection.Type
        return place(ofArgument: 0, of: 1, literalArguments: [nil]).accepts(Value.kind)
            && (isList ? argumentCount.upperBound > 1 : argumentCount.contains(1))
    }
}
