import NginxSyntax

/// Parses a directive with one value in place: the arguments of the only directive.
func parsedArguments(_ value: some DirectiveArgument) throws -> [String] {
    let directives = try ConfigurationParser.parse(Array("directive \(value.printedForm);".utf8))
    guard let directive = directives.first, directives.count == 1, directive.block == nil else {
        throw UnexpectedTree(directives: directives)
    }
    return directive.arguments
}

func parsed(_ source: String) throws(ConfigurationSyntaxError) -> [Directive] {
    try ConfigurationParser.parse(Array(source.utf8))
}

struct UnexpectedTree: Error {
    let directives: [Directive]
}

extension [Directive] {
    /// Without the lines, for comparisons.
    var withoutLines: [Directive] {
        map { Directive($0.name, $0.arguments, block: $0.block?.withoutLines) }
    }
}
