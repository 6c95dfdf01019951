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
    func nested<Inner: InnerScope<Scope, Value>, Value>(
        _ variable: String,
        _ access: Access<Value>,
        as inner: Inner.Type
    ) -> VisibleNames<Inner> {
        var nested = names.mapValues { outer in outer.mapped { (scope: Inner) in scope.outer } }
        nested[variable] = access.mapped { $0.value }
        return VisibleNames<Inner>(nested)
    }
}

extension VisibleNames where Scope: TemplateContext {
    /// The fields of a context.
    init(of context: Scope.Type) {
        names = Dictionary(context.fields.map { ($0.name, $0.access) }) { first, _ in first }
    }
}

/// What is visible in the body of a `for` or an `if let` that uses more than its variable.
///
/// A protocol for the same reason as ``OptionalValue``: `Nested` of any two types would be looked up each time that it is met.
protocol InnerScope<Outer, Value>: Sendable {
    associatedtype Outer: Sendable
    associatedtype Value: Sendable
    var outer: Outer { get }
    var value: Value { get }
    /// Calls `body` with each of the values, one after the other.
    static func forEach(_ values: [Value], in outer: Outer, _ body: (Self) -> Void)
    init(_ value: Value, in outer: Outer)
}

struct Nested<Outer: Sendable, Value: Sendable>: InnerScope {
    private let surroundings: Shared<Outer>
    let value: Value

    var outer: Outer { surroundings.value }

    static func forEach(_ values: [Value], in outer: Outer, _ body: (Self) -> Void) {
        guard !values.isEmpty else { return }
        let surroundings = Shared(outer)
        values.forEachInTurn { body(Nested(surroundings: surroundings, value: $0)) }
    }

    private init(surroundings: Shared<Outer>, value: Value) {
        (self.surroundings, self.value) = (surroundings, value)
    }

    init(_ value: Value, in outer: Outer) {
        self.init(surroundings: Shared(outer), value: value)
    }
}

/// A value that is not copied for each element of a list.
private final class Shared<Value: Sendable>: Sendable {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }
}
