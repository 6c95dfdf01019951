/// A compiled stretch of a template: what is written one after another.
///
/// It is one closure that calls others, not an array: walking an array whose element type depends on `Scope` costs
/// more than the writing.
struct Block<Scope: Sendable>: Sendable {
    typealias Run = @Sendable (Scope, inout Output) -> Void

    enum Step: Sendable {
        case text(StaticText)
        case blankLine
        case argument(ArgumentAccess<Scope>)
        case run(Run)
    }

    private let run: Run

    init(steps: [Step]) {
        run = Self.sequence(steps[...])
    }

    func render(_ scope: Scope, into output: inout Output) {
        run(scope, &output)
    }

    private static func run(_ step: Step) -> Run {
        switch step {
        case .text(let text): { _, output in output.append(text) }
        case .blankLine: { _, output in output.appendBlankLine() }
        case .argument(let argument) where argument.type.isList:
            { scope, output in output.appendList { argument.write(scope, &$0) } }
        case .argument(let argument): { scope, output in output.append { argument.write(scope, &$0) } }
        case .run(let run): run
        }
    }

    /// Halves the steps until one is left, so that none is called through many others.
    private static func sequence(_ steps: ArraySlice<Step>) -> Run {
        guard let first = steps.first else { return { _, _ in } }
        guard steps.count > 1 else { return run(first) }
        let middle = steps.startIndex + steps.count / 2
        let (before, after) = (sequence(steps[..<middle]), sequence(steps[middle...]))
        return { scope, output in
            before(scope, &output)
            after(scope, &output)
        }
    }
}
