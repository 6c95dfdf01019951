/// A compiled stretch of a template: what is written one after another.
struct Block<Scope: Sendable>: Sendable {
    enum Step: Sendable {
        case text(StaticText)
        case blankLine
        case argument(ArgumentAccess<Scope>)
        case run(@Sendable (Scope, inout Output) -> Void)
    }

    let steps: [Step]

    func render(_ scope: Scope, into output: inout Output) {
        for step in steps {
            switch step {
            case .text(let text): output.append(text)
            case .blankLine: output.appendBlankLine()
            case .argument(let argument): output.append(argument, of: scope)
            case .run(let run): run(scope, &output)
            }
        }
    }
}
