import Diagnostics
import NginxSyntax
import ProxyConfiguration

extension SnippetReader {
    /// Reads `map SOURCE $name { … }` of http: a variable that the snippets behind it may name.
    mutating func readMap(_ directive: Directive) throws(SnippetRefusal) {
        guard let block = directive.block, directive.arguments.count == 2 else {
            throw SnippetRefusal("it takes a text, a variable and a block")
        }
        let source = try scope.expression(directive.arguments[0], .ofTests)
        let name = directive.arguments[1]
        guard scope.own[String(name.dropFirst())] == nil else {
            throw SnippetRefusal("the snippet has the variable twice")
        }
        var entries: [VariableMap.Entry] = []
        var isVolatile = false
        var areURLs = true
        for entry in block {
            if entry.name == "volatile", entry.arguments.isEmpty {
                isVolatile = true
                continue
            }
            guard entry.arguments.count == 1, entry.block == nil, entry.name != "hostnames" else {
                throw SnippetRefusal("'\(entry.name.excerpt)' in line \(entry.line) is no key with a text")
            }
            let key = try MapKey(inSnippet: entry.name)
            guard !entries.contains(where: { $0.key.isSame(as: key) }) else {
                throw SnippetRefusal("it has '\(entry.name.excerpt)' twice")
            }
            let value = try scope.expression(entry.arguments[0], .ofSteps)
            areURLs = areURLs && (try? redirectTarget(entry.arguments[0])) != nil
            entries.append(VariableMap.Entry(key, value))
        }
        guard entries.count <= 2_000 else { throw SnippetRefusal("it has more than 2000 entries") }
        let variable = try scope.declare(name)
        if areURLs, entries.contains(where: { $0.key == .fallback }) { scope.urls.insert(variable) }
        snippet.maps.append(VariableMap(variable, of: source, entries, isVolatile: isVolatile))
    }
}

extension MapKey {
    /// The left side of an entry, by nginx's own words.
    fileprivate init(inSnippet text: String) throws(SnippetRefusal) {
        if text == "default" {
            self = .fallback
        } else if text.hasPrefix("~") {
            let ignoresCase = text.hasPrefix("~*")
            let pattern = try SnippetReader.expression(String(text.dropFirst(ignoresCase ? 2 : 1)))
            self = .expression(pattern, ignoresCase: ignoresCase)
        } else if let literal = Text(text.hasPrefix("\\") ? String(text.dropFirst()) : text), text != "include" {
            self = .literal(literal)
        } else {
            throw SnippetRefusal("'\(text.excerpt)' is no key")
        }
    }

    /// Whether nginx takes both for one, as it does where only the case of letters differs.
    fileprivate func isSame(as other: MapKey) -> Bool {
        if case .literal(let text) = self, case .literal(let otherText) = other {
            return text.value.lowercased() == otherText.value.lowercased()
        }
        return self == other
    }
}
