import Diagnostics

extension TypeChecker {
    /// Checks that a `switch` has one branch for each case, and that each fits what its case carries.
    mutating func check(_ node: TemplateNode.Choice, in scope: Scope) {
        guard let shape = resolve(node.choice, in: scope) else { return }
        guard case .choice(let choice) = shape else {
            let text = node.choice.description
            return mismatch("'\(text)' \(shape.description); 'switch' takes one of several cases", node.choice)
        }
        var missing = choice.caseNames
        for branch in node.branches {
            let name = branch.name.text
            if let index = missing.firstIndex(of: name) {
                missing.remove(at: index)
            } else {
                let isKnown = choice.caseNames.contains(name)
                reportCase(isKnown ? "'\(name)' has a branch already" : unknown(name, of: choice), branch.name)
            }
            check(branch, of: choice, in: scope)
        }
        guard !missing.isEmpty else { return }
        let names = missing.map { "'\($0)'" }.joined(separator: ", ")
        report(source.error("missing-case", "this 'switch' has no branch for \(names)", at: node.offset))
    }

    private mutating func check(
        _ branch: TemplateNode.Choice.Branch,
        of choice: any TemplateChoice.Type,
        in scope: Scope
    ) {
        guard let variable = branch.variable else { return check(branch.body, in: scope) }
        checkIsNew(variable, in: scope, unwraps: nil)
        if let payload = choice.payloadShape(of: branch.name.text) {
            check(branch.body, in: scope.adding(variable.text, payload))
        } else if choice.caseNames.contains(branch.name.text) {
            reportCase("'\(branch.name.text)' carries nothing: write {% case \(branch.name.text) %}", branch.name)
        }
    }

    private func unknown(_ name: String, of choice: any TemplateChoice.Type) -> String {
        let suggestion = Spelling.suggestion(for: name, among: choice.caseNames)
        let help =
            suggestion.map { "did you mean '\($0)'?" } ?? "its cases are \(choice.caseNames.joined(separator: ", "))"
        return "\(choice.name) has no case '\(name)'; \(help)"
    }

    private mutating func reportCase(_ message: String, _ name: Name) {
        report(source.error("wrong-case", message, at: name.offset))
    }
}
