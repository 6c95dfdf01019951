import Diagnostics
import NginxSyntax
import ProxyConfiguration

extension SnippetReader {
    /// Reads `if (…) {…}`: what is done about requests that meet a condition.
    mutating func readTest(_ directive: Directive) throws(SnippetRefusal) {
        guard let block = directive.block else { throw SnippetRefusal("it needs a block") }
        let test = try test(directive.arguments)
        defer { scope.groups = .none }
        scope.groups = test.groups
        // What a refused block has declared stays, and is not used.
        let hasNoBody = block.contains { $0.name == "return" && $0.arguments == ["204"] }
        let acts = try self.acts(of: block.filter { !(hasNoBody && $0.describesBody) })
        // Of a block that does nothing nothing comes.
        if !acts.isEmpty { snippet.script.steps.append(.test(test, acts)) }
    }

    /// The acts of a block's directives; headers are set before anything ends the request, wherever they stand.
    mutating func acts(of block: [Directive]) throws(SnippetRefusal) -> [RequestAct] {
        var acts: [RequestAct] = []
        for directive in block {
            let more = try self.acts(directive)
            let end = SnippetDirectives.isHeader(directive.name) ? acts.firstIndex(where: \.mayEnd) : nil
            acts.insert(contentsOf: more, at: end ?? acts.count)
        }
        return acts
    }

    /// The acts of one directive in the block of an `if`.
    private mutating func acts(_ directive: Directive) throws(SnippetRefusal) -> [RequestAct] {
        guard directive.block == nil else {
            throw SnippetRefusal("'\(directive.name.excerpt)' may not stand in its block")
        }
        do throws(SnippetRefusal) {
            switch directive.name {
            case "set", "return", "rewrite", "break": return [try act(directive)]
            case _ where place == .server: throw SnippetRefusal("it may not stand in an 'if' of a server")
            case "add_header":
                let (name, value, _) = try addedHeader(directive)
                return [.set(try conditional(name, replaces: false), value)]
            case "more_set_headers":
                var acts: [RequestAct] = []
                for (name, value) in try setHeaders(directive) {
                    guard value != .empty else { throw SnippetRefusal("it takes headers away for some requests only") }
                    acts.append(.set(try conditional(name, replaces: true), value))
                }
                return acts
            case "expires":
                let words = try expiryWords(directive)
                guard words.count == 1 else { throw SnippetRefusal("'modified' holds for all requests only") }
                return [.set(try expiryVariable(), words[0])]
            default:
                throw SnippetAdvice.advice(on: directive.name)
                    ?? SnippetRefusal("it is none of those that Postern reads there")
            }
        } catch {
            guard !error.isNeedless else { return [] }
            guard !mayBeLeftOut(directive) else {
                snippet.remarks.append(SnippetRemark(directive, .leftOut, error))
                return []
            }
            throw SnippetRefusal(
                "of '\(directive.name.excerpt)' in line \(directive.line): \(error.reason)",
                advice: error.advice
            )
        }
    }

    /// Whether the other acts of its block do the same without a directive that is refused.
    private func mayBeLeftOut(_ directive: Directive) -> Bool {
        place != .server && !["set", "return", "rewrite", "break"].contains(directive.name) && !directive.mayGuard
    }

    private mutating func expiryVariable() throws(SnippetRefusal) -> VariableName {
        if let expiry { return expiry }
        let variable = try scope.next()
        expiry = variable
        return variable
    }

    private mutating func conditional(_ name: HeaderName, replaces: Bool) throws(SnippetRefusal) -> VariableName {
        let known = conditionalHeaders.first { $0.name.isSame(as: name) && $0.replaces == replaces }
        if let known { return known.variable }
        let variable = try scope.next()
        conditionalHeaders.append(ConditionalHeader(name: name, variable: variable, replaces: replaces))
        return variable
    }

    private func test(_ arguments: [String]) throws(SnippetRefusal) -> RequestTest {
        var words = arguments
        guard let first = words.first, let last = words.last, first.hasPrefix("("), last.hasSuffix(")") else {
            throw SnippetRefusal("its condition stands in no parentheses")
        }
        words[0].removeFirst()
        guard words[words.count - 1].hasSuffix(")") else { throw SnippetRefusal("its condition is empty") }
        words[words.count - 1].removeLast()
        if words.first == "" { words.removeFirst() }
        if words.count > 1, words.last == "", last == ")" { words.removeLast() }
        guard let variable = words.first, variable.hasPrefix("$") else {
            throw SnippetRefusal("its condition begins with no variable")
        }
        let name = try scope.variable(named: String(variable.dropFirst().filter { $0 != "{" && $0 != "}" }), .ofTests)
        guard words.count > 1 else { return RequestTest(name, .isSet) }
        guard words.count == 3 else { throw SnippetRefusal("its condition is no variable, and none that is compared") }
        return RequestTest(name, try comparison(words[1], words[2]))
    }

    private func comparison(_ operation: String, _ text: String) throws(SnippetRefusal) -> RequestTest.Comparison {
        switch operation {
        case "=": .equals(try scope.expression(text, .ofSteps))
        case "!=": .differs(try scope.expression(text, .ofSteps))
        case "~": .matches(try Self.expression(text), ignoresCase: false)
        case "~*": .matches(try Self.expression(text), ignoresCase: true)
        case "!~": .matchesNot(try Self.expression(text), ignoresCase: false)
        case "!~*": .matchesNot(try Self.expression(text), ignoresCase: true)
        default: throw SnippetRefusal("nginx has no comparison '\(operation.excerpt)'")
        }
    }

    /// Reads `limit_except METHOD … { deny all; }`.
    ///
    /// A block of nginx's own would leave out all steps of the location for the other methods, and guards among them.
    mutating func readMethods(_ directive: Directive) throws(SnippetRefusal) {
        let inner = directive.block ?? []
        guard inner.count == 1, inner[0].name == "deny", inner[0].arguments == ["all"], inner[0].block == nil else {
            throw SnippetRefusal("Postern reads it with 'deny all' alone in its block")
        }
        var methods = Set(directive.arguments)
        let areMethods = methods.allSatisfy { $0.utf8.allSatisfy { (0x41...0x5A).contains($0) } && !$0.isEmpty }
        guard areMethods, !methods.isEmpty else { throw SnippetRefusal("it names no methods in capital letters") }
        if methods.contains("GET") { methods.insert("HEAD") }
        let pattern = try Self.expression("^(?:\(methods.sorted().joined(separator: "|")))\\z")
        let test = RequestTest(VariableName(known: "request_method"), .matchesNot(pattern, ignoresCase: false))
        // Before all other steps: one of them may end the script.
        snippet.script.steps.insert(.test(test, [.answer(.forbidden, nil)]), at: 0)
    }
}

extension Directive {
    /// Whether it sets nothing but a header about the body of a response.
    fileprivate var describesBody: Bool {
        guard let name = arguments.first?.lowercased() else { return false }
        switch self.name {
        case "add_header": return ["content-length", "content-type"].contains(name)
        case "more_set_headers":
            return arguments.count == 1 && ["content-length:", "content-type:"].contains { name.hasPrefix($0) }
        default: return false
        }
    }
}

extension RequestAct {
    /// Whether what stands behind it may not be looked at.
    fileprivate var mayEnd: Bool { if case .set = self { false } else { true } }
}

extension RequestTest {
    /// The groups that its acts may name.
    fileprivate var groups: SnippetScope.Groups {
        guard case .matches(let pattern, _) = comparison else { return .none }
        switch variable.value {
        case "uri", "document_uri": return .path(pattern.captureCount)
        case "host", "requested_host": return .host(pattern.captureCount)
        default: return .text(pattern.captureCount)
        }
    }
}
