import Diagnostics
import NginxSyntax

/// Checks directives against nginx's grammar, in the blocks that they stand in and through includes.
struct GrammarChecker {
    private let templates: [String: SpelledTemplate]
    private(set) var diagnostics: [Diagnostic] = []
    /// The checked templates: a template that is included in ten places of one context is checked once.
    private var visited: Set<Visit> = []
    /// The template at hand, and where it is included.
    private(set) var template: SpelledTemplate
    private var site: SourcePosition?

    private struct Visit: Hashable {
        var template: String
        var context: DirectiveContext?
    }

    /// Returns `nil` when there is no such template.
    init?(_ templates: [String: SpelledTemplate], checking name: String, in context: DirectiveContext) {
        guard let template = templates[name] else { return nil }
        self.templates = templates
        self.template = template
        visited.insert(Visit(template: name, context: context))
        check(template.statements, in: context)
    }

    /// - Parameter context: `nil` inside a block that nginx does not know, where nothing can be said.
    private mutating func check(_ statements: [Statement], in context: DirectiveContext?) {
        for statement in statements {
            switch statement {
            case .branches(let branches): branches.forEach { check($0, in: context) }
            case .include(let include): follow(include, in: context)
            case .settings(let settings): check(settings, in: context)
            case .directive(let directive): check(directive, in: context)
            }
        }
    }

    private mutating func check(_ settings: TemplateNode.Settings, in context: DirectiveContext?) {
        guard let context, let block = template.settings[settings.offset], block != context else { return }
        let message =
            "'\(settings.path.description)' holds directives for \(block.description), and this is \(context.description)"
        report("misplaced-settings", message, at: settings.offset)
    }

    private mutating func follow(_ include: TemplateNode.Include, in context: DirectiveContext?) {
        let name = include.template.text
        guard let included = templates[name], template.includes.contains(include.offset) else { return }
        guard visited.insert(Visit(template: name, context: context)).inserted else { return }
        let outer = (template, site)
        site = template.source.position(at: include.offset)
        template = included
        check(included.statements, in: context)
        (template, site) = outer
    }

    private mutating func check(_ directive: SpelledDirective, in context: DirectiveContext?) {
        let syntax = syntax(of: directive, in: context)
        if let syntax {
            checkEnding(of: directive, syntax)
            check(directive, reads: Reading(syntax))
        } else if let context, let entry = context.entry, !isKnownWord(directive, in: context) {
            checkEntry(directive, entry, in: context)
        }
        if let body = directive.body { check(body, in: syntax?.opens) }
    }

    /// Returns the rules for the directive in its place; `nil` after reporting that there are none.
    private mutating func syntax(of directive: SpelledDirective, in context: DirectiveContext?) -> DirectiveSyntax? {
        guard let name = directive.name.literal else {
            if let context, context.entry == nil {
                report("hole-as-name", "a hole can't name a directive", at: directive.name.offset)
            }
            return nil
        }
        guard let context else {
            if DirectiveGrammar.directive(named: name) == nil { reportUnknown(name, at: directive.name.offset) }
            return nil
        }
        if let syntax = DirectiveGrammar.directive(named: name, in: context) { return syntax }
        guard context.entry == nil else { return nil }
        let meanings = DirectiveGrammar.directives(named: name)
        if meanings.isEmpty {
            reportUnknown(name, at: directive.name.offset)
        } else {
            reportMisplaced(name, meanings, in: context, at: directive.name.offset)
        }
        return nil
    }

    private func isKnownWord(_ directive: SpelledDirective, in context: DirectiveContext) -> Bool {
        directive.name.literal.map { DirectiveGrammar.directive(named: $0, in: context) != nil } ?? false
    }

    private mutating func checkEnding(of directive: SpelledDirective, _ syntax: DirectiveSyntax) {
        switch (syntax.opens, directive.body) {
        case (.some, nil):
            report("block", "'\(syntax.name)' opens a block; write '{' and '}' instead of ';'", at: directive.end)
        case (nil, .some):
            report("block", "'\(syntax.name)' opens no block; end it with ';'", at: directive.end)
        default: break
        }
    }

    private mutating func checkEntry(
        _ directive: SpelledDirective,
        _ entry: DirectiveEntry,
        in context: DirectiveContext
    ) {
        if directive.body != nil {
            return report(
                "block",
                "an entry of \(context.description) opens no block; end it with ';'",
                at: directive.end
            )
        }
        if isList(directive.name) {
            report(
                "argument-count",
                "the key of an entry is one argument, and this is a list",
                at: directive.name.offset
            )
        }
        let name = "an entry of \(context.description)"
        if !directive.name.literalBeginningDecides(entry.key) {
            check(directive.name, at: entry.key, name: "the key of \(name)")
        }
        check(directive, reads: Reading(name: name, count: entry.count) { _, _, _ in entry.values })
    }
}

extension GrammarChecker {
    private mutating func reportUnknown(_ name: String, at offset: Int) {
        let suggestion = Spelling.suggestion(for: name, among: DirectiveGrammar.names)
        let help = suggestion.map { "; did you mean '\($0)'?" } ?? ""
        report("unknown-directive", "nginx has no directive '\(name)'\(help)", at: offset)
    }

    private mutating func reportMisplaced(
        _ name: String,
        _ meanings: [DirectiveSyntax],
        in context: DirectiveContext,
        at offset: Int
    ) {
        let places = Set(meanings.flatMap(\.contexts))
        // Of a name that HTTP and stream share, only the meanings of this side help.
        let near = places.filter { $0.isOfStream == context.isOfStream }
        let shown = near.isEmpty ? places : near
        let names = DirectiveContext.allCases.filter(shown.contains).map(\.description)
        let message =
            "'\(name)' can't stand in \(context.description); it stands in \(names.formatted)"
        report("misplaced-directive", message, at: offset)
    }

    mutating func report(_ code: String, _ message: String, at offset: Int) {
        let hint = site.map { "this template is included at \($0)" }
        let diagnostic = template.source.error(code, message, at: offset, hint: hint)
        let isKnown = diagnostics.contains { $0.position == diagnostic.position && $0.message == message }
        if !isKnown { diagnostics.append(diagnostic) }
    }
}
