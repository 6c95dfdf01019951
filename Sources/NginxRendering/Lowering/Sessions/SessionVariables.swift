import Crypto
import NginxSyntax
import ProxyConfiguration

/// The variables of all sessions with a cookie of one name.
struct SessionVariables {
    /// Holds the first part of the cookie, or a text at random for clients without one.
    let key: VariableName
    let declaration: SharedDeclaration
    private let reading: CookieReading

    init(_ cookie: CookieName) {
        key = Self.name(of: cookie.value, "session_key")
        reading = CookieReading(cookie)
        let group = Self.name(of: cookie.value, "session_part")
        let known = reading.key("(?<\(group.value)>\(SessionValue.part))\(Self.rest)")
        let entries = [(MapKey.fallback, Expression(Self.random))] + (known.map { [($0, Expression(group))] } ?? [])
        declaration = Self.declare(MapContext(reading.source, entries), as: key)
    }

    /// Matches whatever follows the first part.
    private static let rest = "(?:[\(SessionValue.separator)][^;]*+)?"

    /// A map that holds a text for clients without a cookie, and nothing for others.
    func map(ofNewClients text: Expression) -> MapContext {
        map(of: [("\(SessionValue.part)\(Self.rest)", .empty)], orElse: text)
    }

    /// A map that holds a text for clients without a cookie of a backend, and nothing for those with one.
    func map(ofClientsWithout mark: String, _ text: Expression) -> MapContext {
        map(of: [(Self.pattern(of: mark), .empty)], orElse: text)
    }

    /// A map that holds other texts for clients with the cookies of backends.
    func map(_ marks: [(mark: String, text: Expression)], orElse text: Expression) -> MapContext {
        map(of: marks.map { (Self.pattern(of: $0.mark), $0.text) }, orElse: text)
    }

    private func map(of patterns: [(String, Expression)], orElse text: Expression) -> MapContext {
        let entries = patterns.compactMap { pattern, text in reading.key(pattern).map { ($0, text) } }
        return MapContext(reading.source, [(.fallback, text)] + entries)
    }

    private static func pattern(of mark: String) -> String {
        "\(SessionValue.part)[\(SessionValue.separator)]\(RegularExpression.escaping(mark))"
    }

    static let random = VariableName(known: "request_id")

    static func declare(_ map: MapContext, as variable: VariableName) -> SharedDeclaration {
        SharedDeclaration(.map(map), of: .sessions, as: variable)
    }

    /// The name of a variable: a hash of what it is of, then what it holds.
    ///
    /// For each variable that it reads of, nginx compares names with all others of the same length, from their first byte:
    /// with thousands of them it matters that they differ early.
    static func name(of text: String, _ content: StaticString) -> VariableName {
        VariableName(known: "s", hashes: hash(text), suffix: content)
    }

    /// 64 bits by which one of our variables is told from others.
    static func hash(_ text: String) -> UInt64 {
        SHA256.hash(data: Array(text.utf8)).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
