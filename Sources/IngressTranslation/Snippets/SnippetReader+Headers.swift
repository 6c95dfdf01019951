import Diagnostics
import NginxSyntax
import ProxyConfiguration

extension SnippetReader {
    /// The headers of responses that a directive sets or takes away, whatever is asked for.
    func responseHeaders(_ directive: Directive) throws(SnippetRefusal) -> ResponseHeaders {
        switch directive.name {
        case "add_header":
            let (name, value, isAlways) = try addedHeader(directive)
            return ResponseHeaders(added: value == .empty ? [] : [ResponseHeader(name, value, isAlways: isAlways)])
        case "more_set_headers":
            var headers = ResponseHeaders()
            for (name, value) in try setHeaders(directive) {
                let added = value == .empty ? [] : [ResponseHeader(name, value)]
                headers = headers.with(ResponseHeaders(hidden: [name], added: added))
            }
            return headers
        default:
            guard !directive.arguments.isEmpty else { throw SnippetRefusal("it names no header") }
            var names: [HeaderName] = []
            for argument in directive.arguments { names.append(try HeaderName(responding: argument)) }
            return ResponseHeaders(hidden: names)
        }
    }

    /// The header of `add_header NAME VALUE [always]`.
    func addedHeader(
        _ directive: Directive
    ) throws(SnippetRefusal) -> (name: HeaderName, value: Expression, isAlways: Bool) {
        let words = directive.arguments
        guard words.count == 2 || words.count == 3 && words[2] == "always" else {
            throw SnippetRefusal("it takes a name, a value, and 'always' where errors are to have it")
        }
        let name = try HeaderName(responding: words[0])
        let value = try headerText(words[1])
        if name.isSame(as: .setCookie), let variable = value.onlyVariable, cookies.contains(variable) {
            throw .needless("clients get the cookies of the service's answer anyway")
        }
        return (name, value, words.count == 3)
    }

    /// The headers of `more_set_headers 'NAME: VALUE' …`.
    func setHeaders(_ directive: Directive) throws(SnippetRefusal) -> [(name: HeaderName, value: Expression)] {
        guard !directive.arguments.isEmpty else { throw SnippetRefusal("it names no header") }
        var headers: [(name: HeaderName, value: Expression)] = []
        for argument in directive.arguments {
            let (name, value) = try Self.header(argument)
            headers.append((try HeaderName(responding: name), try headerText(value)))
        }
        return headers
    }

    /// The headers of requests that a directive sets.
    func requestHeaders(_ directive: Directive) throws(SnippetRefusal) -> [RequestHeader] {
        guard !directive.arguments.isEmpty else { throw SnippetRefusal("it names no header") }
        var headers: [RequestHeader] = []
        switch directive.name {
        case "more_set_input_headers", "more_clear_input_headers":
            for argument in directive.arguments {
                let (name, value) = try Self.header(argument)
                let isCleared = directive.name == "more_clear_input_headers"
                headers.append(try requestHeader(name, isCleared ? "" : value))
            }
        default:
            guard directive.arguments.count == 2 else { throw SnippetRefusal("it takes a name and a value") }
            headers.append(try requestHeader(directive.arguments[0], directive.arguments[1]))
        }
        return headers
    }

    private func requestHeader(_ name: String, _ value: String) throws(SnippetRefusal) -> RequestHeader {
        let isUpgrading = ["", "upgrade", "$connection_upgrade", "$http_connection"].contains(value.lowercased())
        switch name.lowercased() {
        case "upgrade" where value == "$http_upgrade", "connection" where isUpgrading:
            throw .needless("requests to change the protocol, as of WebSocket, are passed on anyway")
        case "connection":
            throw SnippetRefusal("nginx makes that header itself", advice: "set 'connection-proxy-header'")
        default: break
        }
        let known: HeaderName
        do throws(ValueError) { known = try HeaderName(setting: name) } catch {
            throw SnippetRefusal("it \(error.reason)")
        }
        return RequestHeader(known, try headerText(value))
    }

    /// The text of a header; line breaks within it are blanks, as they may be meant.
    private func headerText(_ text: String) throws(SnippetRefusal) -> Expression {
        let words = text.split { $0.isNewline }.map(\.trimmed).filter { !$0.isEmpty }
        let line = words.count > 1 ? words.joined(separator: " ") : text
        guard line.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else {
            throw SnippetRefusal("the value holds what is no printable ASCII")
        }
        return try scope.expression(line, place == .location ? .ofPathHeaders : .ofAllHeaders)
    }

    /// Cuts `NAME: VALUE` at the colon.
    private static func header(_ text: String) throws(SnippetRefusal) -> (name: String, value: String) {
        guard !text.hasPrefix("-") else {
            throw SnippetRefusal("stock nginx has nothing like its option '\(text.excerpt)'")
        }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map {
            String($0.trimmed)
        }
        return (parts[0], parts.count > 1 ? parts[1] : "")
    }
}

extension HeaderName {
    static let setCookie = HeaderName(known: "Set-Cookie")

    /// The name of a header of responses that a snippet may set.
    fileprivate init(responding text: String) throws(SnippetRefusal) {
        guard let name = HeaderName(text), name.value.utf8.count <= 46 else {
            let isWithoutColon = text.contains(" ")
            throw SnippetRefusal(
                "'\(text.excerpt)' is no name of a header",
                advice: isWithoutColon ? "put a colon between the name and the value" : nil
            )
        }
        guard !name.isOfNginx else {
            let advice: String? =
                switch name.lowercased {
                case "server": "its version is hidden unless 'server-tokens' shows it"
                case "content-type": "write 'default_type' for what nginx answers itself"
                default: nil
                }
            throw SnippetRefusal("nginx writes the header '\(name)' itself", advice: advice)
        }
        self = name
    }
}

extension Expression {
    /// The variable where the expression is one and nothing else.
    var onlyVariable: VariableName? {
        if parts.count == 1, case .variable(let name) = parts[0] { name } else { nil }
    }
}
