import Diagnostics

/// The names that are visible at some place of a template.
struct Scope {
    /// The context whose fields are visible.
    let context: any TemplateContext.Type
    private(set) var variables: [String: Shape] = [:]
    private let fields: [String: Shape]

    init(of context: any TemplateContext.Type) {
        self.context = context
        fields = context.shapes
    }

    func shape(of name: String) -> Shape? {
        variables[name] ?? fields[name]
    }

    /// The fields and variables, for suggestions.
    var names: [String] { Array(variables.keys) + Array(fields.keys) }

    func adding(_ variable: String, _ shape: Shape) -> Scope {
        var scope = self
        scope.variables[variable] = shape
        return scope
    }
}

extension TemplateContext {
    /// The names and shapes of all fields.
    static var shapes: [String: Shape] {
        Dictionary(fields.map { ($0.name, $0.access.shape) }) { _, _ in
            preconditionFailure("\(name) has two fields of one name")
        }
    }
}
