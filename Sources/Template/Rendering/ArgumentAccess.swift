import NginxSyntax

/// Writes an argument that a scope holds.
struct ArgumentAccess<Scope: Sendable>: Sendable {
    let type: ArgumentType
    let write: @Sendable (Scope, inout [UInt8]) -> Void

    init<Argument: DirectiveArgument>(reading read: @escaping @Sendable (Scope) -> Argument) {
        type = ArgumentType(Argument.self)
        write = { scope, bytes in read(scope).write(to: &bytes) }
    }

    private init(type: ArgumentType, write: @escaping @Sendable (Scope, inout [UInt8]) -> Void) {
        self.type = type
        self.write = write
    }

    func mapped<Outer: Sendable>(_ inner: @escaping @Sendable (Outer) -> Scope) -> ArgumentAccess<Outer> {
        ArgumentAccess<Outer>(type: type) { [write] scope, bytes in write(inner(scope), &bytes) }
    }
}
