import Diagnostics
import NginxSyntax

/// Checks that each path of a template names something, and something that fits where it stands.
struct TypeChecker {
    let source: SourceText
    /// The templates that can be included, with the type that each is written for.
    let templates: [String: Name?]
    /// The variables that the template names anywhere.
    private let variables: Set<String>
    private(set) var diagnostics: [Diagnostic] = []
    /// The type of the hole at an offset; absent where that is an error.
    private(set) var holes: [Int: ArgumentType] = [:]
    /// Where the includes stand whose template fits their record.
    private(set) var includes: Set<Int> = []
    /// The block that the directives of a `settings` at an offset are for; absent where that is an error.
    private(set) var settings: [Int: DirectiveContext] = [:]

    init(_ template: ParsedTemplate, in scope: Scope, templates: [String: Name?]) {
        source = template.source
        self.templates = templates
        variables = template.nodes.variables
        check(template.nodes, in: scope)
    }

    mutating func check(_ nodes: [TemplateNode], in scope: Scope) {
        for node in nodes {
            switch node {
            case .text: break
            case .hole(let path): checkHole(path, in: scope)
            case .loop(let loop): check(loop, in: scope)
            case .condition(let condition): check(condition, in: scope)
            case .choice(let choice): check(choice, in: scope)
            case .settings(let settings): check(settings, in: scope)
            case .include(let include): check(include, in: scope)
            }
        }
    }

    private mutating func checkHole(_ path: Path, in scope: Scope) {
        guard let shape = resolve(path, in: scope) else { return }
        let text = path.description
        switch shape {
        case .argument(let type): holes[path.head.offset] = type
        case .list: mismatch("'\(text)' is a list; a hole takes one value: go through it with {% for %}", path)
        case .optional(let wrapped):
            let otherwise = if case .argument = wrapped { ", or write {{ \(text)? }} to drop the line" } else { "" }
            let binding = "{% if let \(path.last.text) = \(text) %}"
            mismatch("'\(text)' may be absent; unwrap it with \(binding)\(otherwise)", path)
        case .flag: mismatch("'\(text)' is a flag; a hole takes a value: ask for it with {% if \(text) %}", path)
        case .settings: mismatch("'\(text)' \(shape.description); write {% settings \(text) %}", path)
        case .choice: mismatch("'\(text)' \(shape.description); tell them apart with {% switch \(text) %}", path)
        case .record(let record):
            mismatch("'\(text)' is a record; a hole takes one value: name a field of \(record.name)", path)
        }
    }

    private mutating func check(_ loop: TemplateNode.Loop, in scope: Scope) {
        checkIsNew(loop.variable, in: scope, unwraps: nil)
        guard let shape = resolve(loop.list, in: scope) else { return }
        if case .list(let element) = shape {
            check(loop.body, in: scope.adding(loop.variable.text, element))
        } else if case .argument(let type) = shape, type.isList {
            let text = loop.list.description
            mismatch("'\(text)' fills one hole as a whole; write {{ \(text) }} without a 'for'", loop.list)
        } else {
            mismatch("'\(loop.list.description)' \(shape.description); 'for' goes through a list", loop.list)
        }
    }

    private mutating func check(_ condition: TemplateNode.Condition, in scope: Scope) {
        switch condition.test {
        case .flag(let path):
            checkFlag(path, in: scope)
            check(condition.then, in: scope)
        case .binding(let variable, let path):
            checkIsNew(variable, in: scope, unwraps: path)
            if let wrapped = resolveOptional(path, for: variable, in: scope) {
                check(condition.then, in: scope.adding(variable.text, wrapped))
            }
        }
        check(condition.otherwise, in: scope)
    }

    private mutating func checkFlag(_ path: Path, in scope: Scope) {
        guard let shape = resolve(path, in: scope) else { return }
        switch shape {
        case .flag: break
        case .optional:
            let text = path.description
            mismatch("'\(text)' may be absent; write {% if let \(path.last.text) = \(text) %}", path)
        default: mismatch("'\(path.description)' \(shape.description); 'if' takes a flag", path)
        }
    }

    private mutating func resolveOptional(_ path: Path, for variable: Name, in scope: Scope) -> Shape? {
        guard let shape = resolve(path, in: scope) else { return nil }
        if case .optional(let wrapped) = shape { return wrapped }
        guard !variable.dropsLine else {
            mismatch("'\(path.description)' \(shape.description), and '?' stands only behind what may be absent", path)
            return nil
        }
        let help = if case .flag = shape { ": write {% if \(path.description) %}" } else { "" }
        mismatch("'\(path.description)' \(shape.description); 'if let' takes what may be absent\(help)", path)
        return nil
    }

    private mutating func check(_ node: TemplateNode.Settings, in scope: Scope) {
        guard let shape = resolve(node.path, in: scope) else { return }
        if case .settings(let block) = shape {
            settings[node.offset] = block
        } else {
            let text = node.path.description
            mismatch("'\(text)' \(shape.description); 'settings' takes the directives of a block", node.path)
        }
    }

    private mutating func check(_ include: TemplateNode.Include, in scope: Scope) {
        let shape = resolve(include.record, in: scope)
        guard let declared = templates[include.template.text] else {
            return report(.unknownTemplate(include.template, among: templates.keys, in: source))
        }
        guard let shape else { return }
        guard case .record(let record) = shape else {
            let text = include.record.description
            return mismatch("'\(text)' \(shape.description); 'include' takes a record", include.record)
        }
        guard let declared, declared.text != record.name else {
            includes.insert(include.offset)
            return
        }
        mismatch(
            "'\(include.template.text)' is a template for \(declared.text), and '\(include.record.description)' "
                + "is a \(record.name)",
            include.record
        )
    }

    /// A variable may have the name of a field only where it unwraps that field, as in `if let tls = tls`.
    mutating func checkIsNew(_ variable: Name, in scope: Scope, unwraps path: Path?) {
        guard scope.shape(of: variable.text) != nil else { return }
        if let path, path.fields.isEmpty, path.head.text == variable.text { return }
        let kind = scope.variables[variable.text] == nil ? "a field of \(scope.context.name)" : "a variable"
        let message = "'\(variable.text)' is \(kind) already; give this variable another name"
        report(source.error("shadowed-name", message, at: variable.offset))
    }

    mutating func mismatch(_ message: String, _ path: Path) {
        report(source.error("wrong-type", message, at: path.head.offset))
    }

    mutating func report(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
    }
}

extension TypeChecker {
    /// Returns the type of a path, or `nil` after reporting why it has none.
    mutating func resolve(_ path: Path, in scope: Scope) -> Shape? {
        guard var shape = scope.shape(of: path.head.text) else {
            reportUnknown(path.head, of: scope.context, among: scope.names)
            return nil
        }
        var text = path.head.text
        for field in path.fields {
            guard case .record(let record) = shape else {
                report(source.error("wrong-type", Self.noFields(text, shape), at: field.offset))
                return nil
            }
            let shapes = record.shapes
            guard let next = shapes[field.text] else {
                reportUnknown(field, of: record, among: Array(shapes.keys))
                return nil
            }
            shape = next
            text += ".\(field.text)"
        }
        return shape
    }

    private static func noFields(_ text: String, _ shape: Shape) -> String {
        switch shape {
        case .list: "'\(text)' is a list and has no fields; go through it with {% for %}"
        case .optional: "'\(text)' may be absent; unwrap it with {% if let %} before naming its fields"
        case .argument, .flag, .record, .choice, .settings: "'\(text)' \(shape.description) and has no fields"
        }
    }
}

extension TypeChecker {
    /// Says what was probably meant, or else what there is.
    private mutating func reportUnknown(
        _ name: Name,
        of context: any TemplateContext.Type,
        among candidates: [String]
    ) {
        let suggestion = Spelling.suggestion(for: name.text, among: candidates)
        let help = suggestion.map { "; did you mean '\($0)'?" } ?? ""
        let message = "\(context.name) has no field '\(name.text)'\(help)"
        let hint = suggestion == nil ? hint(for: name, of: context) : nil
        report(source.error("unknown-field", message, at: name.offset, hint: hint))
    }

    private func hint(for name: Name, of context: any TemplateContext.Type) -> String {
        guard !variables.contains(name.text) else {
            return "the variable '\(name.text)' is visible only inside the tag that names it, and not in its 'else'"
        }
        return "its fields are \(context.shapes.keys.sorted().joined(separator: ", "))"
    }
}

extension Path {
    /// The name it ends with.
    var last: Name { fields.last ?? head }
}

extension Diagnostic {
    fileprivate static func unknownTemplate(
        _ name: Name,
        among candidates: some Sequence<String>,
        in source: SourceText
    ) -> Diagnostic {
        let suggestion = Spelling.suggestion(for: name.text, among: candidates).map { "; did you mean '\($0)'?" } ?? ""
        return source.error("unknown-include", "there is no template '\(name.text)'\(suggestion)", at: name.offset)
    }
}

extension [TemplateNode] {
    /// The variables of all `for` and `if let` tags.
    fileprivate var variables: Set<String> {
        reduce(into: []) { variables, node in
            switch node {
            case .text, .hole, .include, .settings: break
            case .loop(let loop):
                variables.insert(loop.variable.text)
                variables.formUnion(loop.body.variables)
            case .condition(let condition):
                if case .binding(let name, _) = condition.test { variables.insert(name.text) }
                variables.formUnion(condition.then.variables)
                variables.formUnion(condition.otherwise.variables)
            case .choice(let choice):
                for branch in choice.branches {
                    if let name = branch.variable { variables.insert(name.text) }
                    variables.formUnion(branch.body.variables)
                }
            }
        }
    }
}
