import NginxSyntax

/// How a template reads a name from `Scope`, the values that are visible where the name stands.
///
/// Every reader is typed, so a checked template has nothing left to cast or to look up when it renders.
enum Access<Scope: Sendable>: Sendable {
    case argument(ArgumentAccess<Scope>)
    case flag(@Sendable (Scope) -> Bool)
    case record(any RecordAccess<Scope>)
    case list(any ListAccess<Scope>)
    case optional(any OptionalAccess<Scope>)
    case choice(any ChoiceAccess<Scope>)
    case settings(SettingsAccess<Scope>)

    /// The same name, read from a scope that holds this one.
    func mapped<Outer: Sendable>(_ inner: @escaping @Sendable (Outer) -> Scope) -> Access<Outer> {
        switch self {
        case .argument(let argument): .argument(argument.mapped(inner))
        case .flag(let read): .flag { read(inner($0)) }
        case .record(let record): .record(record.mapped(inner))
        case .list(let list): .list(list.mapped(inner))
        case .optional(let optional): .optional(optional.mapped(inner))
        case .choice(let choice): .choice(choice.mapped(inner))
        case .settings(let settings): .settings(settings.mapped(inner))
        }
    }

    var shape: Shape {
        switch self {
        case .argument(let argument): .argument(argument.type)
        case .flag: .flag
        case .record(let record): record.shape
        case .list(let list): .list(list.elementShape)
        case .optional(let optional): .optional(optional.wrappedShape)
        case .choice(let choice): choice.shape
        case .settings(let settings): .settings(settings.block)
        }
    }
}

extension Access where Scope: DirectiveArgument {
    /// The scope itself, as an argument.
    static func value(_: Scope.Type) -> Self {
        .argument(ArgumentAccess { $0 })
    }
}

extension Access where Scope: TemplateContext {
    /// The scope itself, as a record.
    static func value(_: Scope.Type) -> Self {
        .record(WholeScope<Scope>())
    }
}
