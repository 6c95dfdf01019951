extension BodyCompiler {
    /// Compiles a `switch`, which renders the branch of the case that a value is.
    mutating func step<Scope, Access: ChoiceAccess>(
        _ node: TemplateNode.Choice,
        of choice: Access,
        in names: VisibleNames<Scope>
    ) -> Block<Scope>.Step where Access.Scope == Scope {
        var branches: [Access.Choice.Case: Block<Scope>] = [:]
        for branch in node.branches {
            guard let name = Access.Choice.Case(rawValue: branch.name.text) else {
                preconditionFailure("\(branch.name.text) has been checked")
            }
            branches[name] = block(branch, name, of: choice, in: names)
        }
        let read = choice.read
        return .run { [branches] scope, output in
            branches[read(scope).templateCase]?.render(scope, into: &output)
        }
    }

    private mutating func block<Scope, Access: ChoiceAccess>(
        _ branch: TemplateNode.Choice.Branch,
        _ name: Access.Choice.Case,
        of choice: Access,
        in names: VisibleNames<Scope>
    ) -> Block<Scope> where Access.Scope == Scope {
        guard let variable = branch.variable, let payload = Access.Choice.payload(of: name).access else {
            return block(branch.body, in: names)
        }
        let value = payload.mapped(choice.read)
        return Block(steps: [step(unwrapping: value, as: variable.text, branch.body, else: Block(steps: []), in: names)]
        )
    }
}
