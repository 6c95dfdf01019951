import Diagnostics

/// Finds templates that include themselves.
struct IncludeCycles {
    private let templates: [String: ParsedTemplate]
    private(set) var diagnostics: [Diagnostic] = []
    private var finished: Set<String> = []
    /// The templates that are being walked through, outermost first.
    private var path: [String] = []

    init(_ templates: [String: ParsedTemplate]) {
        self.templates = templates
        for name in templates.keys.sorted() { walk(name) }
    }

    private mutating func walk(_ name: String) {
        guard let template = templates[name], !finished.contains(name) else { return }
        path.append(name)
        for include in template.nodes.includes {
            if let start = path.firstIndex(of: include.template.text) {
                let cycle = (path[start...] + [include.template.text]).map { "'\($0)'" }
                let message = "this include never ends: \(cycle.joined(separator: " includes "))"
                diagnostics.append(template.source.error("include-cycle", message, at: include.template.offset))
            } else {
                walk(include.template.text)
            }
        }
        path.removeLast()
        finished.insert(name)
    }
}

extension [TemplateNode] {
    fileprivate var includes: [TemplateNode.Include] {
        flatMap { node -> [TemplateNode.Include] in
            switch node {
            case .text, .hole, .settings: []
            case .include(let include): [include]
            case .loop(let loop): loop.body.includes
            case .condition(let condition): condition.then.includes + condition.otherwise.includes
            case .choice(let choice): choice.branches.flatMap(\.body.includes)
            }
        }
    }
}
