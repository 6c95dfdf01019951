import Diagnostics
import NginxSyntax
import ProxyConfiguration

extension ValueParser<Expression> {
    /// An absolute path of the characters that ingress-nginx allows for `app-root`, with some of nginx's variables.
    static let appRoot = ValueParser(type: "path", examples: ["/app", "/app$is_args$args"]) { text throws(ValueError) in
        guard text.hasPrefix("/") else { throw ValueError(reason: "is not an absolute path") }
        let parts = try Expression.parts(of: text) { rest throws(ValueError) in
            let name = String(rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
            rest.removeFirst(name.count)
            guard Expression.requestVariables.contains(name), let variable = VariableName(name) else {
                let known = Expression.requestVariables.sorted().map { "$\($0)" }.joined(separator: ", ")
                throw ValueError(reason: "names '$\(name)', which is none of \(known)")
            }
            return variable
        }
        guard let path = Expression(parts: parts) else { throw ValueError(reason: "is too long") }
        return path
    }
}

extension ValueParser<Expression> {
    /// A path of the characters that ingress-nginx allows, with the groups `$1` to `$9` of the Ingress's path.
    static let forwardedPrefix = ValueParser(type: "path with $1 to $9", examples: ["/app", "/app/$1"]) {
        text throws(ValueError) in
        guard !text.isEmpty else { throw ValueError(reason: "is empty") }
        let parts = try Expression.parts(of: text) { rest throws(ValueError) in try VariableName(group: &rest) }
        guard let prefix = Expression(parts: parts) else { throw ValueError(reason: "is too long") }
        return prefix
    }
}

extension VariableName {
    /// Reads the number of a group, from 1 to 9, behind a `$`.
    fileprivate init(group rest: inout Substring) throws(ValueError) {
        guard let next = rest.popFirst(), next.isASCII, let digit = next.wholeNumberValue, digit > 0,
            let name = VariableName("\(digit)")
        else { throw ValueError(reason: "holds a '$' that is not followed by a digit from 1 to 9") }
        self = name
    }
}

extension ValueParser<RewriteTarget> {
    /// A path, or a URL, with the groups `$1` to `$9` of the Ingress's path.
    static let rewriteTarget = ValueParser(
        type: "path or URL with $1 to $9",
        examples: ["/", "/$1", "https://www.example.org/$1"],
        write: \.text
    ) {
        text throws(ValueError) in
        let scheme = ["http://", "https://"].first { text.hasPrefix($0) }
        if let scheme {
            let host = text.dropFirst(scheme.count).prefix { $0 != "/" }
            guard !host.isEmpty else { throw ValueError(reason: "is a URL without a host") }
            guard !host.contains("$") else {
                throw ValueError(reason: "takes a group into the URL's host, which would let requests choose it")
            }
        } else if !text.hasPrefix("/"), !text.hasPrefix("$") {
            throw ValueError(reason: "begins with neither '/', a group, 'http://' nor 'https://'")
        }
        var highestGroup = 0
        let parts = try Expression.parts(of: text) { rest throws(ValueError) in
            let name = try VariableName(group: &rest)
            highestGroup = max(highestGroup, Int(name.value) ?? 0)
            return name
        }
        guard let expression = Expression(parts: parts) else { throw ValueError(reason: "is too long") }
        return RewriteTarget(
            text: text,
            expression: expression,
            highestGroup: highestGroup,
            isURL: scheme != nil
        )
    }
}

extension Expression {
    /// Cuts a text of path characters at its variables.
    ///
    /// - Parameter variable: Reads the name behind a `$`.
    fileprivate static func parts(
        of text: String,
        variable: (inout Substring) throws(ValueError) -> VariableName
    ) throws(ValueError) -> [Part] {
        var parts: [Part] = []
        var literal = ""
        var rest = Substring(text)
        while let character = rest.popFirst() {
            if character == "$" {
                parts += [.literal(literal), .variable(try variable(&rest))]
                literal = ""
            } else if let byte = character.asciiValue, byte.isPathCharacter {
                literal.append(character)
            } else {
                throw ValueError(reason: "holds '\("\(character)".excerpt)', which is not allowed in a path")
            }
        }
        return parts + [.literal(literal)]
    }
}
