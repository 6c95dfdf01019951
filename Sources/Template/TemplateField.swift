package import Diagnostics
package import NginxSyntax

/// A name that templates can use, and how its value is read from a context.
///
/// The readers are typed, so a template that names a field can only ever get what the field's type gives.
package struct TemplateField<Context: TemplateContext>: Sendable {
    let name: String
    let access: Access<Context>

    /// A value that fills a hole; an array of arguments fills it with one argument after another.
    package static func argument<Argument: DirectiveArgument>(
        _ name: String,
        _ read: @escaping @Sendable (Context) -> Argument
    ) -> Self {
        Self(name: name, access: .argument(ArgumentAccess(reading: read)))
    }

    /// A value for `{% if %}`.
    package static func flag(_ name: String, _ read: @escaping @Sendable (Context) -> Bool) -> Self {
        Self(name: name, access: .flag(read))
    }

    /// A value that has fields of its own: `{{ tls.certificate }}`, `{% include "tls" with tls %}`.
    package static func record<Record: TemplateContext>(
        _ name: String,
        _ read: @escaping @Sendable (Context) -> Record
    ) -> Self {
        Self(name: name, access: .record(RecordReader(read: read)))
    }

    /// Directives for `{% settings %}`, in a block of their kind.
    package static func settings<Block>(
        _ name: String,
        _ read: @escaping @Sendable (Context) -> DirectiveSettings<Block>
    ) -> Self {
        Self(name: name, access: .settings(SettingsAccess(reading: read)))
    }

    /// A value that is one of several cases, for `{% switch %}`.
    package static func choice<Choice: TemplateChoice>(
        _ name: String,
        _ read: @escaping @Sendable (Context) -> Choice
    ) -> Self {
        Self(name: name, access: .choice(ChoiceReader(read: read)))
    }

    /// An argument that may be absent, for `{% if let %}`.
    package static func optional<Argument: DirectiveArgument>(
        _ name: String,
        _ read: @escaping @Sendable (Context) -> Argument?
    ) -> Self {
        Self(name: name, access: .optional(OptionalReader(read: read, wrapped: .value(Argument.self))))
    }

    /// A record that may be absent, for `{% if let %}`.
    package static func optional<Record: TemplateContext>(
        _ name: String,
        _ read: @escaping @Sendable (Context) -> Record?
    ) -> Self {
        Self(name: name, access: .optional(OptionalReader(read: read, wrapped: .value(Record.self))))
    }

    /// Arguments to go through with `{% for %}`.
    package static func list<Argument: DirectiveArgument>(
        _ name: String,
        _ read: @escaping @Sendable (Context) -> [Argument]
    ) -> Self {
        Self(name: name, access: .list(ListReader(read: read, element: .value(Argument.self))))
    }

    /// Records to go through with `{% for %}`.
    package static func list<Record: TemplateContext>(
        _ name: String,
        _ read: @escaping @Sendable (Context) -> [Record]
    ) -> Self {
        let reader = ListReader(
            read: read,
            element: .value(Record.self),
            origin: { $0.origin },
            memory: { $0.memory }
        )
        return Self(name: name, access: .list(reader))
    }

    /// Records to go through with `{% for %}`, each of which is made of something smaller only when it is rendered.
    package static func list<Source: Sendable & Equatable, Record: TemplateContext>(
        _ name: String,
        _ read: @escaping @Sendable (Context) -> [Source],
        origin: @escaping @Sendable (Source) -> ObjectReference?,
        making make: @escaping @Sendable (Source) -> Record
    ) -> Self {
        let element = Access<Source>.record(RecordReader(read: make))
        return Self(name: name, access: .list(ListReader(read: read, element: element, origin: origin)))
    }
}
