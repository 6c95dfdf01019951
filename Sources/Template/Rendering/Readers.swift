import Diagnostics

/// Reads a record from a scope.
protocol RecordAccess<Scope>: Sendable {
    associatedtype Scope: Sendable
    associatedtype Record: TemplateContext
    var read: @Sendable (Scope) -> Record { get }
    /// How a field of the record is read from the scope that holds the record.
    func field(_ name: String) -> Access<Scope>?
}

/// Reads a list from a scope.
protocol ListAccess<Scope>: Sendable {
    associatedtype Scope: Sendable
    associatedtype Element: Sendable & Equatable
    var read: @Sendable (Scope) -> [Element] { get }
    /// How the loop's variable is read from an element.
    var element: Access<Element> { get }
    var origin: @Sendable (Element) -> ObjectReference? { get }
    /// By what the lists within an element are remembered; `nil` where they are not.
    var memory: @Sendable (Element) -> ListMemory? { get }
}

/// Reads a value that may be absent from a scope.
protocol OptionalAccess<Scope>: Sendable {
    associatedtype Scope: Sendable
    associatedtype Wrapped: Sendable
    /// `Wrapped?`.
    associatedtype Value: OptionalValue<Wrapped>, Sendable
    var read: @Sendable (Scope) -> Value { get }
    /// How the unwrapped variable is read from the value.
    var wrapped: Access<Wrapped> { get }
}

/// An optional, as a type of its own: Swift looks the type `Wrapped?` up each time that it meets it in code for any
/// `Wrapped`, which costs more than all else that is done for the value.
protocol OptionalValue<Wrapped> {
    associatedtype Wrapped
    /// Calls `body` with the value, if there is one; returns whether there was.
    func unwrap(_ body: (Wrapped) -> Void) -> Bool
}

extension Optional: OptionalValue {
    @inline(__always)
    func unwrap(_ body: (Wrapped) -> Void) -> Bool {
        guard let self else { return false }
        body(self)
        return true
    }
}

/// Reads a value that is one of several cases from a scope.
protocol ChoiceAccess<Scope>: Sendable {
    associatedtype Scope: Sendable
    associatedtype Choice: TemplateChoice
    var read: @Sendable (Scope) -> Choice { get }
}

struct RecordReader<Scope: Sendable, Record: TemplateContext>: RecordAccess {
    let read: @Sendable (Scope) -> Record
}

/// A record that is the scope itself, whose fields are read from it directly.
struct WholeScope<Record: TemplateContext>: RecordAccess {
    var read: @Sendable (Record) -> Record { { $0 } }

    func field(_ name: String) -> Access<Record>? {
        Record.fields.first { $0.name == name }?.access
    }
}

struct ListReader<Scope: Sendable, Element: Sendable & Equatable>: ListAccess {
    let read: @Sendable (Scope) -> [Element]
    let element: Access<Element>
    var origin: @Sendable (Element) -> ObjectReference? = { _ in nil }
    var memory: @Sendable (Element) -> ListMemory? = { _ in nil }
}

struct OptionalReader<Scope: Sendable, Value: OptionalValue & Sendable>: OptionalAccess where Value.Wrapped: Sendable {
    let read: @Sendable (Scope) -> Value
    let wrapped: Access<Value.Wrapped>
}

struct ChoiceReader<Scope: Sendable, Choice: TemplateChoice>: ChoiceAccess {
    let read: @Sendable (Scope) -> Choice
}

extension RecordAccess {
    var shape: Shape { .record(Record.self) }

    func mapped<Outer: Sendable>(_ inner: @escaping @Sendable (Outer) -> Scope) -> any RecordAccess<Outer> {
        RecordReader<Outer, Record> { [read] in read(inner($0)) }
    }

    func field(_ name: String) -> Access<Scope>? {
        Record.fields.first { $0.name == name }?.access.mapped(read)
    }
}

extension ListAccess {
    var elementShape: Shape { element.shape }

    func mapped<Outer: Sendable>(_ inner: @escaping @Sendable (Outer) -> Scope) -> any ListAccess<Outer> {
        ListReader<Outer, Element>(
            read: { [read] in read(inner($0)) },
            element: element,
            origin: origin,
            memory: memory
        )
    }
}

extension OptionalAccess {
    var wrappedShape: Shape { wrapped.shape }

    func mapped<Outer: Sendable>(_ inner: @escaping @Sendable (Outer) -> Scope) -> any OptionalAccess<Outer> {
        OptionalReader<Outer, Value>(read: { [read] in read(inner($0)) }, wrapped: wrapped)
    }
}

extension ChoiceAccess {
    var shape: Shape { .choice(Choice.self) }

    func mapped<Outer: Sendable>(_ inner: @escaping @Sendable (Outer) -> Scope) -> any ChoiceAccess<Outer> {
        ChoiceReader<Outer, Choice> { [read] in read(inner($0)) }
    }
}
