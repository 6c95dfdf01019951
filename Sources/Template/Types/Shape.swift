import NginxSyntax

/// The type of a name, as far as the checks need it.
indirect enum Shape: Sendable {
    case argument(ArgumentType)
    case flag
    case record(any TemplateContext.Type)
    case list(Shape)
    case optional(Shape)
    case choice(any TemplateChoice.Type)
    /// Directives for a block.
    case settings(DirectiveContext)

    /// For messages: `is a list`, `is a Server`.
    var description: String {
        switch self {
        case .argument(let type): "is \(type.description)"
        case .flag: "is a flag"
        case .record(let context): "is a record (\(context.name))"
        case .list: "is a list"
        case .optional: "may be absent"
        case .choice(let choice): "is one of several cases (\(choice.name))"
        case .settings(let block): "holds directives for \(block.description)"
        }
    }
}
