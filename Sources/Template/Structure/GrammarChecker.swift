import Diagnostics
import NginxSyntax

/// Checks directives against nginx's grammar, in the blocks that they stand in and through includes.
struct GrammarChecker {
    private let templates: [String: SpelledTemplate]
    private(set) var diagnostics: [Diagnostic] = []
    /// The checked templates: a template that is included in ten places of one context is checked once.
    private var visited: Set<Visit> = []
    /// The template at hand, and where it is included.
    private var template: SpelledTemplate
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

// MARK: Arguments

extension GrammarChecker {
    /// How a directive or an entry reads its arguments.
    private struct Reading {
        var name: String
        var count: ClosedRange<Int>
        var place: (_ index: Int, _ total: Int, _ literals: [String?]) -> ArgumentPlace

        init(_ syntax: DirectiveSyntax) {
            name = "'\(syntax.name)'"
            count = syntax.argumentCount
            place = { syntax.place(ofArgument: $0, of: $1, literalArguments: $2) }
        }

        init(
            name: String,
            count: ClosedRange<Int>,
            place: @escaping (_ index: Int, _ total: Int, _ literals: [String?]) -> ArgumentPlace
        ) {
            self.name = name
            self.count = count
            self.place = place
        }
    }

    private mutating func check(_ directive: SpelledDirective, reads reading: Reading) {
        let variants = ArgumentVariants(directive.arguments, isList: isList)
        if variants.areTooMany {
            let message = "this directive has too many branches to check them all"
            return report("too-many-branches", message, at: directive.name.offset)
        }
        let hasLoops = directive.arguments.hasLoops
        for variant in variants.variants {
            let words = variant.words
            let literals = words.map(\.literal)
            for (index, word) in words.enumerated() {
                let place = reading.place(index, words.count, literals)
                // A literal beginning says already how nginx reads the word: `@{{ name }}`, `www.{{ name }}`.
                if word.literalBeginningDecides(place), index == 0 || place != .locationMatch { continue }
                check(word, at: place, name: reading.name)
            }
            // A list that fills a directive is taken to have elements.
            guard !variant.lacksList else { continue }
            let most = words.reduce(0) { $0 + mostArguments(of: $1) }
            checkCount(words.count...max(words.count, hasLoops ? .unbounded : most), of: directive, reading)
        }
    }

    private func isList(_ word: Word) -> Bool {
        word.holes.contains { template.holes[$0.head.offset]?.isList ?? false }
    }

    private mutating func checkCount(_ count: ClosedRange<Int>, of directive: SpelledDirective, _ reading: Reading) {
        guard count.lowerBound < reading.count.lowerBound || count.upperBound > reading.count.upperBound else { return }
        let given =
            count.upperBound >= .unbounded
            ? "may have any number"
            : count.lowerBound == count.upperBound ? "has \(count.lowerBound)" : "may have \(count.upperBound)"
        let message = "\(reading.name) takes \(reading.count.argumentsDescription); this one \(given)"
        report("argument-count", message, at: directive.name.offset)
    }

    private func mostArguments(of word: Word) -> Int {
        word.holes.reduce(1) { most, hole in
            guard let type = template.holes[hole.head.offset] else { return most }
            return type.isList ? .unbounded : type.kind == .locationMatch ? 2 : most
        }
    }

    private mutating func check(_ word: Word, at place: ArgumentPlace, name: String) {
        for hole in word.holes {
            guard let type = template.holes[hole.head.offset], type.kind != .comment, !place.accepts(type.kind) else {
                continue
            }
            let message = place.refusal(of: type, named: hole.description, by: name)
            report("argument-kind", message, at: hole.head.offset)
        }
    }
}

// MARK: Messages

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

    private mutating func report(_ code: String, _ message: String, at offset: Int) {
        let hint = site.map { "this template is included at \($0)" }
        let diagnostic = template.source.error(code, message, at: offset, hint: hint)
        let isKnown = diagnostics.contains { $0.position == diagnostic.position && $0.message == message }
        if !isKnown { diagnostics.append(diagnostic) }
    }
}

extension Word {
    /// Whether a value of plain characters after the beginning cannot change what kind of word this is.
    fileprivate func literalBeginningDecides(_ place: ArgumentPlace) -> Bool {
        guard pieces.count > 1, case .literal(let beginning)? = pieces.first else { return false }
        return switch place {
        case .locationMatch, .serverName, .mapKey: !beginning.isEmpty && !"~\\*.=^\"'".contains(beginning.first ?? "~")
        case .literal, .evaluated, .parameter, .regularExpression: false
        }
    }
}

extension Int {
    /// Stands for any number; far from overflow when several are added.
    fileprivate static let unbounded = Int.max >> 16
}
