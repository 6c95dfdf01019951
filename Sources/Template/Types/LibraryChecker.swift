import Diagnostics

/// Checks what can be said of templates wherever they are used: tags, types, and who includes whom.
struct LibraryChecker {
    private let templates: [ParsedTemplate]
    private let contexts: [String: any TemplateContext.Type]
    private(set) var diagnostics: [Diagnostic] = []
    /// By template, what fills the hole at an offset.
    private(set) var holes: [String: [Int: ArgumentType]] = [:]

    init(_ templates: [ParsedTemplate], contexts: [String: any TemplateContext.Type]) {
        self.templates = templates
        self.contexts = contexts
    }

    mutating func check() {
        let declared = Dictionary(templates.map { ($0.name, $0.context) }) { first, _ in first }
        var names: Set<String> = []
        for template in templates {
            diagnostics += template.diagnostics
            if !names.insert(template.name).inserted { diagnostics.append(.duplicate(template)) }
            guard let name = template.context else { continue }
            guard let context = contexts[name.text] else {
                diagnostics.append(.unknownType(name, among: contexts.keys, in: template.source))
                continue
            }
            var checker = TypeChecker(source: template.source, templates: declared)
            checker.check(template.nodes, in: Scope(of: context))
            diagnostics += checker.diagnostics
            holes[template.name] = checker.holes
        }
    }
}

/// The contexts that records, lists and optionals of these lead to, themselves included, by name.
func reachableContexts(from roots: [any TemplateContext.Type]) -> [String: any TemplateContext.Type] {
    var found: [String: any TemplateContext.Type] = [:]
    var waiting = roots
    while let context = waiting.popLast() {
        if let known = found[context.name] {
            precondition(known == context, "two contexts are named \(context.name)")
            continue
        }
        found[context.name] = context
        waiting += context.shapes.values.compactMap(\.context)
    }
    return found
}

extension Shape {
    /// The record that is at the bottom of it.
    fileprivate var context: (any TemplateContext.Type)? {
        switch self {
        case .record(let context): context
        case .list(let inner), .optional(let inner): inner.context
        case .argument, .flag: nil
        }
    }
}

extension Diagnostic {
    fileprivate static func duplicate(_ template: ParsedTemplate) -> Diagnostic {
        let message = "there are two templates named '\(template.name)'"
        return template.source.error("duplicate-name", message, at: 0)
    }

    fileprivate static func unknownType(
        _ name: Name,
        among candidates: some Sequence<String>,
        in source: SourceText
    ) -> Diagnostic {
        let known = candidates.sorted()
        let help =
            Spelling.suggestion(for: name.text, among: known).map { "did you mean '\($0)'?" }
            ?? "types are \(known.joined(separator: ", "))"
        return source.error("unknown-type", "there is no type '\(name.text)'; \(help)", at: name.offset)
    }
}
