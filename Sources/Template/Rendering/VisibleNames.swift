/// How the names that a template can use are read from the values that are visible.
struct VisibleNames<Scope: Sendable> {
    private var names: [String: Access<Scope>]

    init(_ names: [String: Access<Scope>]) {
        self.names = names
    }

    /// Reads a path that has been checked.
    func access(_ path: Path) -> Access<Scope> {
        guard var access = names[path.head.text] else { preconditionFailure("\(path) has been checked") }
        for field in path.fields {
            guard case .record(let record) = access, let next = record.field(field.text) else {
                preconditionFailure("\(path) has been checked")
            }
            access = next
        }
        return access
    }

    /// The names inside a body that has a variable of its own.
    func nested<Value>(_ variable: String, _ access: Access<Value>) -> VisibleNames<Nested<Scope, Value>> {
        var nested = names.mapValues { outer in
            outer.mapped { (scope: Nested<Scope, Value>) in scope.outer.value }
        }
        nested[variable] = access.mapped { $0.value }
        return VisibleNames<Nested<Scope, Value>>(nested)
    }
}

extension VisibleNames where Scope: TemplateContext {
    /// The fields of a context.
    init(of context: Scope.Type) {
        names = Dictionary(context.fields.map { ($0.name, $0.access) }) { first, _ in first }
    }
}

/// The names in the body of a `for` or an `if let` that uses more than its variable.
struct Nested<Outer: Sendable, Value: Sendable>: Sendable {
    let outer: Shared<Outer>
    let value: Value
}

/// A value that is not copied for each element of a list.
final class Shared<Value: Sendable>: Sendable {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }
}
