extension Parser {
    /// Parses the branches of a `switch`, up to its `end`.
    mutating func parseCases(_ offset: Int) -> [TemplateNode.Choice.Branch] {
        var branches: [TemplateNode.Choice.Branch] = []
        while true {
            let start = tokens.first?.range.lowerBound ?? offset
            let (nodes, ending) = parseNodes()
            if !branches.isEmpty {
                branches[branches.count - 1].body += nodes
            } else if !nodes.isEmpty {
                report("syntax", "in a 'switch', everything stands below a 'case'", at: start)
            }
            switch ending.reason {
            case .end: return branches
            case .branch(let tag):
                branches.append(TemplateNode.Choice.Branch(name: tag.name, variable: tag.variable, body: []))
            case .otherwise:
                report("unexpected", "a 'switch' has a branch for each case, and no 'else'", at: ending.offset)
            case .endOfFile:
                report("unclosed", "this 'switch' has no {% end %}", at: offset)
                return branches
            }
        }
    }
}
