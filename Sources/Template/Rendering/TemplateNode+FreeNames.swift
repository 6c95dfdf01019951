extension [TemplateNode] {
    /// Whether the nodes can be rendered from the value of this variable alone.
    func usesOnly(_ variable: String) -> Bool {
        freeNames.subtracting([variable]).isEmpty
    }

    /// The names that the nodes take from outside.
    private var freeNames: Set<String> {
        reduce(into: []) { names, node in
            switch node {
            case .text: break
            case .hole(let path): names.insert(path.head.text)
            case .settings(let settings): names.insert(settings.path.head.text)
            case .include(let include): names.insert(include.record.head.text)
            case .loop(let loop):
                names.insert(loop.list.head.text)
                names.formUnion(loop.body.freeNames.subtracting([loop.variable.text]))
            case .choice(let choice):
                names.insert(choice.choice.head.text)
                for branch in choice.branches {
                    names.formUnion(branch.body.freeNames.subtracting([branch.variable?.text].compactMap(\.self)))
                }
            case .condition(let condition):
                names.formUnion(condition.otherwise.freeNames)
                switch condition.test {
                case .flag(let path):
                    names.insert(path.head.text)
                    names.formUnion(condition.then.freeNames)
                case .binding(let variable, let path):
                    names.insert(path.head.text)
                    names.formUnion(condition.then.freeNames.subtracting([variable.text]))
                }
            }
        }
    }
}
