/// A value that knows how it stands in an nginx configuration as one or more arguments of a directive.
///
/// Only types that conform can fill a hole of a template. `String` does not: text from a user becomes
/// one of these types first, and their initializers refuse what nginx cannot carry.
package protocol DirectiveArgument: Sendable, Hashable {
    /// The kind of content, which decides where in a configuration the value may stand.
    static var kind: ArgumentKind { get }

    /// Appends the value as it stands in the file, quoted where nginx's lexer asks for it.
    func write(to output: inout [UInt8])
}

/// A kind of content of a ``DirectiveArgument``, which decides where it may stand.
package enum ArgumentKind: String, Sendable, Hashable, CaseIterable {
    /// Any text that nginx can carry; `$` is a plain character. Refused where nginx would evaluate variables.
    case text
    /// Literal text and variables, for places that nginx evaluates; the only kind that brings a `$` to life.
    case expression
    /// A PCRE pattern, for places that take one.
    case regularExpression
    /// The arguments between `location` and its brace: a modifier and a path or pattern.
    case locationMatch
    /// The arguments of `server_name`: a host name, or `~` and a pattern.
    case serverName
    /// The left side of an entry of `map`: a literal key, `~` and a pattern, or `default`.
    case mapKey
    /// `8k`, `1m`.
    case size
    /// `30s`, `1h`.
    case duration
    /// `10.0.0.1`, `[fd00::1]`.
    case address
    /// An address with a port, or `unix:` and a path.
    case socketAddress
    case port
    /// `10.0.0.0/8`.
    case cidr
    /// The name of a file; holds no `$`.
    case path
    /// Letters, digits, `_`, `-` and `.`: may join a literal.
    case identifier
    /// `on` or `off`.
    case flag
    /// A whole number.
    case number
    /// 100 to 599.
    case statusCode
    /// Words for a comment only, such as `Ingress shop/web`: letters, digits, `-`, `.`, `/` and single spaces.
    case comment
}
