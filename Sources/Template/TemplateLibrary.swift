package import Diagnostics

/// All templates that may include each other, parsed, with what is wrong with them.
package struct TemplateLibrary: Sendable {
    private let templates: [String: ParsedTemplate]
    private let contexts: [String: any TemplateContext.Type]
    /// What is wrong with the templates wherever they are used.
    package let diagnostics: [Diagnostic]

    /// - Parameter contexts: The types that templates may be written for; those that their fields lead to are added.
    package init(_ sources: [TemplateSource], contexts: [any TemplateContext.Type]) {
        let contexts = reachableContexts(from: contexts)
        let parsed = sources.map(ParsedTemplate.init)
        templates = Dictionary(parsed.map { ($0.name, $0) }) { first, _ in first }
        self.contexts = contexts
        var checker = LibraryChecker(parsed, contexts: contexts)
        checker.check()
        diagnostics = checker.diagnostics.sorted(by: Diagnostic.isEarlier)
    }

    /// Checks a template, and what it includes, for where it is used.
    ///
    /// - Returns: `nil`, after appending every error of the library and of this use, in the order of their places.
    package func template<Context>(
        _ name: String,
        for context: Context.Type,
        diagnostics: inout [Diagnostic]
    ) -> CheckedTemplate<Context>? {
        let errors = self.diagnostics
        guard errors.isEmpty else {
            let known = Set(diagnostics)
            diagnostics += errors.filter { !known.contains($0) }
            return nil
        }
        var compiler = Compiler(templates)
        return CheckedTemplate(compiler.part(name, for: context, indentation: 0))
    }
}

extension Diagnostic {
    static func isEarlier(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
        guard let leftPosition = left.position, let rightPosition = right.position else {
            return left.position == nil && right.position != nil
        }
        return (leftPosition, left.message) < (rightPosition, right.message)
    }
}
