import Diagnostics
import NginxSyntax
import ProxyConfiguration

extension SnippetReader {
    /// Reads a directive that is a setting, or one of one value that any location may have.
    mutating func readSetting(_ directive: Directive) throws(SnippetRefusal) {
        if place == .question, let form = SnippetDirectives.ofQuestions[directive.name] {
            return try form.set(directive, in: &snippet.directives)
        }
        if let (names, form) = SnippetDirectives.settings[directive.name] ?? SnippetDirectives.ofMain[directive.name] {
            guard place == .location || place == .http || place == .main else {
                guard place == .server else { throw .needless("nothing is passed on there") }
                guard !SnippetDirectives.ofEveryPath.contains(directive.name) else {
                    throw .needless("each path has it of its own, as in ingress-nginx; '\(names[0])' sets it")
                }
                throw SnippetRefusal("each path has it of its own", advice: "set '\(names[0])'")
            }
            let values = try form.values(directive.arguments)
            for (name, value) in zip(names, values) {
                snippet.settings.append(
                    SnippetSetting(directive: directive.name, line: directive.line, name: name, value: value)
                )
            }
            return
        }
        guard let form = SnippetDirectives.plain[directive.name] else { throw SnippetAdvice.refusal(of: directive) }
        try form.set(directive, in: &snippet.directives)
    }

    /// The words of `expires`.
    func expiryWords(_ directive: Directive) throws(SnippetRefusal) -> [Expression] {
        var words = directive.arguments
        let isModified = words.first == "modified" && words.count == 2
        if isModified { words.removeFirst() }
        guard let text = words.first, words.count == 1, Self.isExpiry(text), let time = Expression(literal: text) else {
            throw SnippetRefusal("it takes a time, 'epoch', 'max' or 'off'")
        }
        return (isModified ? [Expression(known: "modified")] : []) + [time]
    }

    private static func isExpiry(_ text: String) -> Bool {
        if ["epoch", "max", "off"].contains(text) { return true }
        let time = text.hasPrefix("@") || text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        return TimeSpan(String(time)) != nil
    }

    /// Reads `auth_request_set $name $upstream_http_…`.
    mutating func readAnswer(_ directive: Directive) throws(SnippetRefusal) {
        let words = directive.arguments
        guard words.count == 2 else { throw SnippetRefusal("it takes a variable and a text") }
        let name = String(words[1].dropFirst())
        let isAnswer =
            name == "upstream_status" || name.hasPrefix("upstream_http_") || name.hasPrefix("upstream_cookie_")
        guard words[1].hasPrefix("$"), isAnswer, name.utf8.count <= 46, let value = VariableName(name) else {
            throw SnippetRefusal("'\(words[1].excerpt)' is no part of the service's answer")
        }
        let variable = try scope.set(words[0])
        if name == "upstream_http_set_cookie" { cookies.insert(variable) }
        let answer = RequestScript.Answer(variable, value)
        snippet.answers.append(SnippetAnswer(name: String(words[0].dropFirst()), line: directive.line, answer: answer))
        if place == .location { snippet.script.answers.append(answer) }
    }
}

extension AccessRule {
    /// The rule of `allow` or `deny`.
    init(_ directive: Directive) throws(SnippetRefusal) {
        let isAllowed = directive.name == "allow"
        guard let text = directive.arguments.first, directive.arguments.count == 1 else {
            throw SnippetRefusal("it takes one network")
        }
        if text == "all" {
            self.init(isAllowed: isAllowed, .all)
        } else if let network = CIDRBlock(text) {
            self.init(isAllowed: isAllowed, .block(network))
        } else {
            throw SnippetRefusal("'\(text.excerpt)' is neither a network nor an address")
        }
    }
}
