import Diagnostics

/// Checks what can be said of templates wherever they are used: tags, types, and who includes whom.
struct LibraryChecker {
    private let templates: [ParsedTemplate]
    private let contexts: [String: any TemplateContext.Type]
    private(set) var diagnostics: [Diagnostic] = []
    /// The templates whose structure is sound.
    private(set) var spelled: [String: SpelledTemplate] = [:]

    init(_ templates: [ParsedTemplate], contexts: [String: any TemplateContext.Type]) {
        self.templates = templates
        self.contexts = contexts
        check()
    }

    private mutating func check() {
        // A type that does not exist is reported once, and not at each include.
        let known = templates.map { template in
            (template.name, template.context.flatMap { contexts[$0.text] == nil ? nil : $0 })
        }
        let declared = Dictionary(known) { first, _ in first }
        var byName: [String: ParsedTemplate] = [:]
        for template in templates {
            diagnostics += template.diagnostics
            if byName.updateValue(template, forKey: template.name) != nil { diagnostics.append(.duplicate(template)) }
            let types = checkTypes(of: template, declared)
            if template.diagnostics.isEmpty { checkStructure(of: template, types) }
        }
        diagnostics += IncludeCycles(byName).diagnostics
    }

    private mutating func checkTypes(
        of template: ParsedTemplate,
        _ declared: [String: Name?]
    ) -> TypeChecker? {
        guard let name = template.context else { return nil }
        guard let context = contexts[name.text] else {
            diagnostics.append(.unknownType(name, among: contexts.keys, in: template.source))
            return nil
        }
        let checker = TypeChecker(template, in: Scope(of: context), templates: declared)
        diagnostics += checker.diagnostics
        return checker
    }

    private mutating func checkStructure(of template: ParsedTemplate, _ types: TypeChecker?) {
        let holes = types?.holes ?? [:]
        var parser = StructureParser(source: template.source, holes: holes)
        let statements = parser.parse(template.nodes)
        diagnostics += parser.diagnostics
        guard parser.diagnostics.isEmpty else { return }
        spelled[template.name] = SpelledTemplate(
            source: template.source,
            statements: statements,
            holes: holes,
            includes: types?.includes ?? [],
            settings: types?.settings ?? [:]
        )
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
        waiting += context.shapes.values.flatMap(\.contexts)
    }
    return found
}

extension Shape {
    /// The records that are at the bottom of it.
    fileprivate var contexts: [any TemplateContext.Type] {
        switch self {
        case .record(let context): [context]
        case .list(let inner), .optional(let inner): inner.contexts
        case .choice(let choice): choice.caseNames.compactMap(choice.payloadShape).flatMap(\.contexts)
        case .argument, .flag, .settings: []
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
