import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// Reads a snippet: each directive becomes a value of Postern's own, or is refused with the reason.
struct SnippetReader {
    /// Where ingress-nginx puts the text.
    enum Place: Hashable {
        case location
        case server
        /// A location that a snippet adds to a server.
        case serverLocation
        case http
        /// Where a service is asked whether requests may pass.
        case question
        case main
        case stream
    }

    var snippet = Snippet()
    var scope: SnippetScope
    let place: Place
    /// The variables that stand for headers which some requests get, by the directive and the header's name.
    var conditionalHeaders: [ConditionalHeader] = []
    /// Is set to how long the responses to some requests are good.
    var expiry: VariableName?
    /// The locations within that of a path.
    var nested: [NestedLocation] = []
    /// The variables that hold cookies of the service that is asked.
    var cookies: Set<VariableName> = []

    /// A header that steps set for some requests.
    struct ConditionalHeader {
        var name: HeaderName
        var variable: VariableName
        /// Whether it stands in place of a backend's.
        var replaces: Bool
    }

    /// Longer ones are no snippets that people write.
    private static let longest = 1 << 16

    /// Nor has one that people write more blocks within each other.
    static let deepest = 20

    /// Throws what nginx's lexer would say of the text.
    ///
    /// - Parameter declared: The variables of the snippet of http.
    static func read(
        _ text: String,
        at place: Place,
        knowing declared: DeclaredVariables = DeclaredVariables()
    ) throws(ValueError) -> Snippet {
        guard text.utf8.count <= longest else { throw ValueError(reason: "is longer than \(longest) bytes") }
        var reader = SnippetReader(scope: SnippetScope(of: text, knowing: declared), place: place)
        do throws(ConfigurationSyntaxError) {
            // What stands behind the snippet is a line of its own.
            let directives = try ConfigurationParser.parse(Array("\(text)\n".utf8), within: Self.deepest)
            guard place != .stream else { return StreamSnippetReader.read(directives) }
            for directive in directives { reader.takeAll(directive) }
        } catch {
            throw ValueError(reason: "is no configuration that nginx could read: \(error.description.printable)")
        }
        return reader.finished()
    }

    init(scope: SnippetScope, place: Place) {
        (self.scope, self.place) = (scope, place)
    }

    /// Takes a directive, or each part of it.
    mutating func takeAll(_ directive: Directive) {
        for part in directive.parts { take(part) }
    }

    private mutating func take(_ directive: Directive) {
        let before = self
        do throws(SnippetRefusal) {
            try read(directive)
        } catch {
            self = before
            let kind: SnippetRemark.Kind =
                error.isNeedless ? .needless : directive.mayGuard ? .closes : .leftOut
            snippet.remarks.append(SnippetRemark(directive, kind, error))
        }
    }

    private mutating func read(_ directive: Directive) throws(SnippetRefusal) {
        switch directive.name {
        case "if" where SnippetDirectives.mayBe("if", at: place): return try readTest(directive)
        case "map" where place == .http: return try readMap(directive)
        case "limit_except" where place == .location: return try readMethods(directive)
        case "location" where place == .server: return try readLocation(directive)
        case "location" where place == .location: return try readNested(directive)
        case "auth_request_set" where place == .question: return try readAnswer(directive)
        case "access_by_lua_block" where place == .location: return try readLaterCookie(directive)
        case "proxy_pass_header" where directive.passesPlainHeader:
            throw .needless("clients get the headers of backends anyway")
        case "log_not_found": throw .needless("no file is looked for")
        case "proxy_intercept_errors" where place == .server && directive.arguments == ["off"]:
            throw .needless("errors of backends are replaced only where 'custom-http-errors' says so")
        case "proxy_ssl_verify" where directive.arguments == ["off"]:
            throw .needless("certificates of backends are checked only where 'proxy-ssl-verify' says so")
        case "add_header", "more_set_headers":
            if place == .serverLocation, let type = directive.contentType {
                return try SnippetDirectives.Value.text.set(type, in: &snippet.directives)
            }
        default: break
        }
        guard directive.block == nil, SnippetDirectives.mayBe(directive.name, at: place) else {
            throw SnippetAdvice.refusal(of: directive)
        }
        switch directive.name {
        case "set", "return", "rewrite", "break":
            snippet.script.steps.append(.act(try act(directive)))
        case "add_header", "more_set_headers", "more_clear_headers", "proxy_hide_header", "grpc_hide_header",
            "fastcgi_hide_header":
            snippet.responseHeaders = snippet.responseHeaders.with(try responseHeaders(directive))
        case "proxy_set_header", "grpc_set_header", "more_set_input_headers", "more_clear_input_headers":
            for header in try requestHeaders(directive) { snippet.requestHeaders.set(header) }
        case "auth_request_set" where place == .location: try readAnswer(directive)
        case "allow", "deny": snippet.access.append(try AccessRule(directive))
        case "expires":
            snippet.directives.set(SettingDirective("expires"), to: try expiryWords(directive))
        case "access_log":
            guard directive.arguments == ["off"] else { throw SnippetAdvice.refusal(of: directive) }
            snippet.isUnlogged = true
        default: try readSetting(directive)
        }
    }

    /// Joins what stands in several places of the text.
    mutating func finished() -> Snippet {
        var first: [RequestStep] = []
        for header in conditionalHeaders {
            let earlier = snippet.responseHeaders.added.first { $0.name.isSame(as: header.name) }
            if let earlier { first.append(.act(.set(header.variable, earlier.value))) }
        }
        for header in conditionalHeaders { addConditional(header) }
        if let expiry {
            let usual = snippet.directives.value(of: "expires").flatMap { Expression(literal: $0) }
            first.append(.act(.set(expiry, usual ?? Expression(known: "off"))))
            snippet.directives.set(SettingDirective("expires"), to: [Expression(expiry)])
        }
        snippet.script.steps = first + nestedSteps() + snippet.script.steps
        snippet.script.variables = scope.variables
        let texts = snippet.responseHeaders.added.map(\.value) + snippet.requestHeaders.headers.map(\.value)
        snippet.script.parts = LogVariable.named(in: texts + snippet.script.expressions)
        if place == .http { snippet.declared = DeclaredVariables(names: scope.own, urls: scope.urls) }
        return snippet
    }

    /// The steps for the locations within that of a path, before all others: those are not for their requests.
    private mutating func nestedSteps() -> [RequestStep] {
        snippet.nested = nested
        do throws(SnippetRefusal) { return try nested.steps } catch {
            let line = nested.first?.line ?? 1
            snippet.remarks.append(SnippetRemark(Directive("location", [], line: line), .closes, error))
            return []
        }
    }

    private mutating func addConditional(_ header: ConditionalHeader) {
        guard header.replaces else {
            let added = ResponseHeaders(added: [ResponseHeader(header.name, Expression(header.variable))])
            return snippet.responseHeaders = snippet.responseHeaders.with(added)
        }
        guard let variable = VariableName("\(header.variable.value)_r") else { return }
        snippet.script.replacements.append(.init(variable, holding: header.variable, orElse: header.name))
        let whole = ResponseHeaders(
            hidden: [header.name],
            added: [ResponseHeader(header.name, Expression(variable))]
        )
        snippet.responseHeaders = snippet.responseHeaders.with(whole)
    }
}

extension Directive {
    /// Whether it passes on what nginx does not keep to itself.
    fileprivate var passesPlainHeader: Bool {
        guard let name = arguments.first?.lowercased(), arguments.count == 1 else { return false }
        return !["date", "server", "x-pad"].contains(name) && !name.hasPrefix("x-accel-")
    }

    /// The same by `default_type` where it is for the header `Content-Type`, which nginx writes itself.
    fileprivate var contentType: Directive? {
        let words = arguments.flatMap { name == "add_header" ? [$0] : $0.split(separator: ":").map(\.trimmed) }
        guard words.count > 1, words[0].lowercased() == "content-type" else { return nil }
        return Directive("default_type", [words[1]], line: line)
    }

    /// One directive for each header, so that a wrong one leaves the others.
    fileprivate var parts: [Directive] {
        guard name.hasPrefix("more_"), arguments.count > 1, !arguments.contains(where: { $0.hasPrefix("-") }) else {
            return [self]
        }
        return arguments.map { Directive(name, [$0], block: block, line: line) }
    }
}
