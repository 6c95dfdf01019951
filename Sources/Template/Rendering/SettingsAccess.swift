import NginxSyntax

/// Reads the directives of a block from a scope.
struct SettingsAccess<Scope: Sendable>: Sendable {
    let block: DirectiveContext
    /// Calls with each directive as it is printed, without the semicolon.
    let forEach: @Sendable (Scope, ([UInt8]) -> Void) -> Void

    init<Block>(reading read: @escaping @Sendable (Scope) -> DirectiveSettings<Block>) {
        block = Block.context
        forEach = { scope, body in read(scope).forEachText(body) }
    }

    private init(block: DirectiveContext, forEach: @escaping @Sendable (Scope, ([UInt8]) -> Void) -> Void) {
        self.block = block
        self.forEach = forEach
    }

    func mapped<Outer: Sendable>(_ inner: @escaping @Sendable (Outer) -> Scope) -> SettingsAccess<Outer> {
        SettingsAccess<Outer>(block: block) { [forEach] scope, body in forEach(inner(scope), body) }
    }
}

extension Output {
    /// Appends one line for each directive.
    mutating func appendLines<Scope>(of settings: SettingsAccess<Scope>, _ scope: Scope, indentation: Int) {
        settings.forEach(scope) { appendDirective($0, indentation: indentation) }
    }
}
