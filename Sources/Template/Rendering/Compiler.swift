/// Turns checked templates into steps that only copy bytes and call typed readers.
struct Compiler {
    let templates: [String: ParsedTemplate]
    /// The parts compiled so far: `Part<Context>` for the context of the template.
    private var parts: [PartKey: any Sendable] = [:]
    private var hasRoot = false
    private var listCount = 0

    private struct PartKey: Hashable {
        var template: String
        var indentation: Int
    }

    init(_ templates: [String: ParsedTemplate]) {
        self.templates = templates
    }

    mutating func part<Context>(_ name: String, for _: Context.Type, indentation: Int) -> Part<Context> {
        let key = PartKey(template: name, indentation: indentation)
        if let part = parts[key] as? Part<Context> { return part }
        guard let template = templates[name] else { preconditionFailure("include of \(name) has been checked") }
        let isRoot = !hasRoot
        hasRoot = true
        var body = BodyCompiler(
            compiler: self,
            source: template.source,
            indentation: indentation,
            isRoot: isRoot
        )
        let block = body.block(template.nodes, in: VisibleNames(of: Context.self))
        self = body.compiler
        let part = Part(block: block)
        parts[key] = part
        return part
    }

    /// A number for a list whose elements are remembered.
    mutating func nextList() -> Int {
        listCount += 1
        return listCount
    }
}
