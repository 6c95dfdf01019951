import Crypto
import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// The variables that the texts of a snippet may name.
struct SnippetScope {
    /// The variables that the snippet sets, by the names that it has for them, each by a name that no other snippet uses.
    private(set) var own: [String: VariableName]
    /// All of them, and those that stand for headers.
    private(set) var variables: [VariableName] = []
    /// Where the groups come from that a text may name by `$1` to `$9`.
    var groups = Groups.none
    /// The variables that hold nothing but URLs, or paths.
    var urls: Set<VariableName>
    private let prefix: String
    /// How many variables have no name of their own.
    private var number = 0

    enum Groups: Hashable {
        case none
        /// Of the decoded path, whose line breaks would begin headers.
        case path(Int)
        /// Of the request's host.
        case host(Int)
        case text(Int)

        var count: Int {
            switch self {
            case .none: 0
            case .path(let count), .host(let count), .text(let count): count
            }
        }
    }

    private static let most = 64

    /// What to do where a group of the decoded path is named.
    static let comparesRequestURI = "compare '$request_uri' in place of '$uri'"

    /// - Parameter earlier: The variables that the snippet of http declares.
    init(of text: String, knowing earlier: DeclaredVariables = DeclaredVariables()) {
        (own, urls) = (earlier.names, earlier.urls)
        let hash = SHA256.hash(data: Array(text.utf8)).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let digits = String(hash, radix: 36)
        prefix = "own_\(String(repeating: "0", count: 13 - digits.utf8.count))\(digits)_"
    }

    /// The variable that a directive sets, such as `$name`.
    mutating func set(_ text: String) throws(SnippetRefusal) -> VariableName {
        let name = String(text.dropFirst())
        guard text.hasPrefix("$"), let variable = VariableName(name), !variable.isCapture else {
            throw SnippetRefusal("'\(text.excerpt)' is no variable that can be set")
        }
        guard KnownVariables.ofLog.variable(name) == nil else {
            throw SnippetRefusal("'$\(name)' is a variable of nginx's own, or of the controller's")
        }
        if let known = own[name], variables.contains(known) { return known }
        // A longer one would need a table of variables larger than nginx makes by default.
        let new = try name.utf8.count <= 24 ? add(name) : next()
        own[name] = new
        return new
    }

    /// The variable that a map declares, such as `$name`.
    mutating func declare(_ text: String) throws(SnippetRefusal) -> VariableName {
        let variable = try set(text)
        // Declared by the map itself.
        variables.removeAll { $0 == variable }
        return variable
    }

    /// A variable that the snippet does not name itself.
    mutating func next() throws(SnippetRefusal) -> VariableName {
        number += 1
        return try add("\(number)")
    }

    /// The same where what makes its value declares it.
    mutating func nextDeclared() throws(SnippetRefusal) -> VariableName {
        let new = try next()
        variables.removeAll { $0 == new }
        return new
    }

    private mutating func add(_ name: String) throws(SnippetRefusal) -> VariableName {
        guard variables.count < Self.most, let variable = VariableName(prefix + name) else {
            throw SnippetRefusal("there are more than \(Self.most) variables in the snippet")
        }
        variables.append(variable)
        return variable
    }

    /// Reads a text with variables as nginx evaluates it.
    ///
    /// - Parameters:
    ///   - known: The variables beside the snippet's own.
    ///   - takesPath: Whether groups of the decoded path may stand in it.
    func expression(
        _ text: String,
        _ known: KnownVariables,
        takesPath: Bool = false
    ) throws(SnippetRefusal) -> Expression {
        var parts: [Expression.Part] = []
        var rest = Substring(text)
        while let character = rest.popFirst() {
            guard character == "$" else {
                parts.append(.literal(String(character)))
                continue
            }
            parts.append(.variable(try variable(&rest, known, takesPath: takesPath)))
        }
        guard let expression = Expression(parts: parts) else {
            throw SnippetRefusal("'\(text.excerpt)' holds a control character, or is too long")
        }
        return expression
    }

    private func variable(
        _ rest: inout Substring,
        _ known: KnownVariables,
        takesPath: Bool
    ) throws(SnippetRefusal) -> VariableName {
        if let digit = rest.first, ("1"..."9").contains(digit), let group = VariableName(String(digit)) {
            rest.removeFirst()
            guard (digit.wholeNumberValue ?? 10) <= groups.count else {
                throw SnippetRefusal("'$\(digit)' is a group of no expression there")
            }
            if case .path = groups, !takesPath {
                throw SnippetRefusal(
                    "'$\(digit)' is a part of the decoded path, which may hold line breaks",
                    advice: Self.comparesRequestURI
                )
            }
            return group
        }
        let isBraced = rest.first == "{"
        if isBraced { rest.removeFirst() }
        let name = String(rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
        rest.removeFirst(name.count)
        if isBraced {
            guard rest.popFirst() == "}" else { throw SnippetRefusal("it holds a '${' that no '}' ends") }
        }
        return try variable(named: name, known)
    }

    /// The variable that a name in the text stands for.
    func variable(named name: String, _ known: KnownVariables) throws(SnippetRefusal) -> VariableName {
        if let variable = own[name] ?? known.variable(name) { return variable }
        guard !name.isEmpty else { throw SnippetRefusal("it holds a '$' that begins no variable") }
        let isPath = name == "uri" || name == "document_uri"
        throw SnippetRefusal(
            isPath
                ? "'$\(name)' is the decoded path, which may hold line breaks"
                : "'$\(name.excerpt)' is no variable that is known there",
            advice: isPath ? "name '$request_uri' in its place" : nil
        )
    }
}

/// The variables that the snippet of http declares for all others.
struct DeclaredVariables: Sendable, Hashable {
    var names: [String: VariableName] = [:]
    /// Those that hold nothing but URLs, or paths.
    var urls: Set<VariableName> = []
}
