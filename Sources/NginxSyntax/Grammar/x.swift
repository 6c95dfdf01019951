let coreDirectives: [DirectiveSyntax] = []
