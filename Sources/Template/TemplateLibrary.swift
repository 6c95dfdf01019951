package import Diagnostics
package import NginxSyntax

/// All templates that may include each other, with what is wrong with them.
///
/// A library is made once from the texts. Nothing in it depends on values: what it hands out as a
/// ``CheckedTemplate`` renders every value.
package struct TemplateLibrary: Sendable {
    private let templates: [String: ParsedTemplate]
    private let spelled: [String: SpelledTemplate]
    private let contexts: Set<String>
    /// The findings about the templates wherever they are used, in the order of their places.
    package let diagnostics: [Diagnostic]

    /// - Parameter contexts: The types that templates may be written for; those that their fields lead to are added.
    package init(_ sources: [TemplateSource], contexts: [any TemplateContext.Type]) {
        let parsed = sources.map(ParsedTemplate.init)
        let reachable = reachableContexts(from: contexts)
        let checker = LibraryChecker(parsed, contexts: reachable)
        self.contexts = Set(reachable.keys)
        templates = Dictionary(parsed.map { ($0.name, $0) }) { first, _ in first }
        spelled = checker.spelled
        diagnostics = checker.diagnostics.sorted(by: Diagnostic.isEarlier)
    }

    /// Checks a template, with what it includes, for the block of the configuration that it is rendered into.
    ///
    /// - Returns: `nil`, after appending every error of the library and of this use that `diagnostics` does not
    ///   hold yet, in the order of their places.
    package func template<Context: TemplateContext>(
        _ name: String,
        for context: Context.Type,
        in block: DirectiveContext,
        diagnostics: inout [Diagnostic]
    ) -> CheckedTemplate<Context>? {
        let errors = self.diagnostics + errors(of: name, for: context, in: block)
        guard errors.isEmpty else {
            let known = Set(diagnostics)
            diagnostics += errors.filter { !known.contains($0) }.sorted(by: Diagnostic.isEarlier)
            return nil
        }
        var compiler = Compiler(templates)
        return CheckedTemplate(compiler.part(name, for: context, indentation: 0))
    }

    private func errors(
        of name: String,
        for context: any TemplateContext.Type,
        in block: DirectiveContext
    ) -> [Diagnostic] {
        guard let template = templates[name] else {
            return [Diagnostic(.error, code: "template-missing", "there is no template '\(name)'")]
        }
        guard let declared = template.context, contexts.contains(declared.text) else { return [] }
        guard declared.text == context.name else {
            let message = "'\(name)' must be a template for \(context.name)"
            return [template.source.error("wrong-type", message, at: declared.offset)]
        }
        return GrammarChecker(spelled, checking: name, in: block)?.diagnostics ?? []
    }
}

extension Diagnostic {
    /// The order in which a person goes through a file.
    static func isEarlier(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
        guard let leftPosition = left.position, let rightPosition = right.position else {
            return left.position == nil && right.position != nil
        }
        return (leftPosition, left.message) < (rightPosition, right.message)
    }
}
