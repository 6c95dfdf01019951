/// Compiles the nodes of one template at one indentation.
struct BodyCompiler {
    var compiler: Compiler
    let source: SourceText
    let indentation: Int
    /// Whether this is the template itself, and none that it includes.
    let isRoot: Bool
    var isInLoop = false

    mutating func block<Scope>(_ nodes: [TemplateNode], in names: VisibleNames<Scope>) -> Block<Scope> {
        var builder = BlockBuilder<Scope>()
        for node in nodes {
            switch node {
            case .text(let text): builder.append(text, of: source, indentation: indentation)
            case .hole(let path):
                guard case .argument(let argument) = names.access(path) else { wrongShape(path) }
                builder.append(.argument(argument))
            case .loop(let loop):
                guard case .list(let list) = names.access(loop.list) else { wrongShape(loop.list) }
                builder.appendControl(step(loop, over: list, in: names))
            case .condition(let condition): builder.appendControl(step(condition, in: names))
            case .choice(let node):
                guard case .choice(let choice) = names.access(node.choice) else { wrongShape(node.choice) }
                builder.appendControl(step(node, of: choice, in: names))
            case .settings(let node):
                guard case .settings(let settings) = names.access(node.path) else { wrongShape(node.path) }
                let indentation = indentation + (node.indentation ?? 0)
                builder.appendControl(
                    .run { scope, output in output.appendLines(of: settings, scope, indentation: indentation) }
                )
            case .include(let include):
                guard case .record(let record) = names.access(include.record) else { wrongShape(include.record) }
                builder.appendControl(step(include, of: record))
            }
        }
        return builder.finish()
    }

    private func wrongShape(_ path: Path) -> Never {
        preconditionFailure("\(path.description) has been checked")
    }
}

extension BodyCompiler {
    private mutating func step<Scope, List: ListAccess>(
        _ loop: TemplateNode.Loop,
        over list: List,
        in names: VisibleNames<Scope>
    ) -> Block<Scope>.Step where List.Scope == Scope {
        let (read, origin, memory) = (list.read, list.origin, list.memory)
        let variable = loop.variable.text
        let wasInLoop = isInLoop
        isInLoop = true
        defer { isInLoop = wasInLoop }
        guard loop.body.usesOnly(variable) else {
            return step(loop, over: list, in: names, as: Nested<Scope, List.Element>.self)
        }
        let body = block(loop.body, in: VisibleNames([variable: list.element]))
        let render: @Sendable (List.Element, inout Output) -> Void = { element, output in
            output.withOrigin(origin(element)) { body.render(element, into: &$0) }
        }
        // What a loop within a loop makes is remembered with the element around it.
        guard !wasInLoop else { return Self.loop(over: read, render) }
        let number = compiler.nextList()
        guard isRoot else { return Self.innerList(number, of: read, render) }
        return .run { scope, output in output.appendList(number, read(scope), memory: memory, render) }
    }

    private mutating func step<Scope, List: ListAccess, Inner: InnerScope<Scope, List.Element>>(
        _ loop: TemplateNode.Loop,
        over list: List,
        in names: VisibleNames<Scope>,
        as inner: Inner.Type
    ) -> Block<Scope>.Step where List.Scope == Scope {
        let (read, origin) = (list.read, list.origin)
        let body = block(loop.body, in: names.nested(loop.variable.text, list.element, as: inner))
        return .run { scope, output in
            Inner.forEach(read(scope), in: scope) { inner in
                output.withOrigin(origin(inner.value)) { body.render(inner, into: &$0) }
            }
        }
    }

    private mutating func step<Scope>(
        _ condition: TemplateNode.Condition,
        in names: VisibleNames<Scope>
    ) -> Block<Scope>.Step {
        let otherwise = block(condition.otherwise, in: names)
        switch condition.test {
        case .flag(let path):
            guard case .flag(let read) = names.access(path) else { wrongShape(path) }
            let then = block(condition.then, in: names)
            return .run { scope, output in
                if read(scope) { then.render(scope, into: &output) } else { otherwise.render(scope, into: &output) }
            }
        case .binding(let variable, let path):
            guard case .optional(let optional) = names.access(path) else { wrongShape(path) }
            return step(unwrapping: optional, as: variable.text, condition.then, else: otherwise, in: names)
        }
    }

    mutating func step<Scope, Value: OptionalAccess>(
        unwrapping optional: Value,
        as variable: String,
        _ nodes: [TemplateNode],
        else otherwise: Block<Scope>,
        in names: VisibleNames<Scope>
    ) -> Block<Scope>.Step where Value.Scope == Scope {
        let read = optional.read
        guard nodes.usesOnly(variable) else {
            return step(
                unwrapping: optional,
                as: variable,
                nodes,
                else: otherwise,
                in: names,
                Nested<Scope, Value.Wrapped>.self
            )
        }
        let then = block(nodes, in: VisibleNames([variable: optional.wrapped]))
        return Self.unwrap(read, then, else: otherwise)
    }

    private mutating func step<Scope, Value: OptionalAccess, Inner: InnerScope<Scope, Value.Wrapped>>(
        unwrapping optional: Value,
        as variable: String,
        _ nodes: [TemplateNode],
        else otherwise: Block<Scope>,
        in names: VisibleNames<Scope>,
        _ inner: Inner.Type
    ) -> Block<Scope>.Step where Value.Scope == Scope {
        let read = optional.read
        let then = block(nodes, in: names.nested(variable, optional.wrapped, as: inner))
        return .run { scope, output in
            let isThere = read(scope).unwrap { then.render(Inner($0, in: scope), into: &output) }
            if !isThere { otherwise.render(scope, into: &output) }
        }
    }

    private mutating func step<Scope, Record: RecordAccess>(
        _ include: TemplateNode.Include,
        of record: Record
    ) -> Block<Scope>.Step where Record.Scope == Scope {
        let indentation = indentation + (include.indentation ?? 0)
        let part = compiler.part(include.template.text, for: Record.Record.self, indentation: indentation)
        return Self.include(part, record.read)
    }
}

// The types that these are of are parameters of their own: one that belongs to another would be looked up each time that
// a step runs.
extension BodyCompiler {
    private static func loop<Scope, Element: Sendable>(
        over read: @escaping @Sendable (Scope) -> [Element],
        _ render: @escaping @Sendable (Element, inout Output) -> Void
    ) -> Block<Scope>.Step {
        .run { scope, output in read(scope).forEachInTurn { render($0, &output) } }
    }

    private static func innerList<Scope, Element: Sendable & Equatable>(
        _ number: Int,
        of read: @escaping @Sendable (Scope) -> [Element],
        _ render: @escaping @Sendable (Element, inout Output) -> Void
    ) -> Block<Scope>.Step {
        .run { scope, output in output.appendInnerList(number, read(scope), render) }
    }

    private static func unwrap<Scope, Value: OptionalValue<Wrapped> & Sendable, Wrapped: Sendable>(
        _ read: @escaping @Sendable (Scope) -> Value,
        _ then: Block<Wrapped>,
        else otherwise: Block<Scope>
    ) -> Block<Scope>.Step {
        .run { scope, output in
            let isThere = read(scope).unwrap { then.render($0, into: &output) }
            if !isThere { otherwise.render(scope, into: &output) }
        }
    }

    private static func include<Scope, Record: TemplateContext>(
        _ part: Part<Record>,
        _ read: @escaping @Sendable (Scope) -> Record
    ) -> Block<Scope>.Step {
        .run { scope, output in part.render(read(scope), into: &output) }
    }
}
