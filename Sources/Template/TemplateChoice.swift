package import NginxSyntax

/// A value that is one of a closed set of cases, for `{% switch %}`.
///
/// A template has a branch for each case, or is refused when it is loaded.
package protocol TemplateChoice: Sendable {
    /// The cases, under the names that templates use.
    associatedtype Case: CaseIterable, Hashable, Sendable, RawRepresentable<String>

    /// The name that messages use, such as `Action`.
    static var name: String { get }

    /// The case that this value is.
    var templateCase: Case { get }

    /// The payloads of the cases, for `{% case let value = name %}`.
    static func payload(of templateCase: Case) -> TemplatePayload<Self>
}

/// The payload of one case, and how a template reads it.
package struct TemplatePayload<Choice: Sendable>: Sendable {
    let access: (any OptionalAccess<Choice>)?

    /// Nothing.
    package static var none: Self { Self(access: nil) }

    /// A value that fills a hole; `read` returns `nil` for other cases.
    package static func argument<Argument: DirectiveArgument>(
        _ read: @escaping @Sendable (Choice) -> Argument?
    ) -> Self {
        Self(access: OptionalReader(read: read, wrapped: .value(Argument.self)))
    }

    /// A value that has fields of its own; `read` returns `nil` for other cases.
    package static func record<Record: TemplateContext>(_ read: @escaping @Sendable (Choice) -> Record?) -> Self {
        Self(access: OptionalReader(read: read, wrapped: .value(Record.self)))
    }
}

extension TemplateChoice {
    /// The names of all cases, in their order.
    static var caseNames: [String] { Case.allCases.map(\.rawValue) }

    /// The payload of a case; `nil` where it has none, or there is no such case.
    static func payloadShape(of name: String) -> Shape? {
        Case(rawValue: name).flatMap { payload(of: $0).access?.wrappedShape }
    }
}
