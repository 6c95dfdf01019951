/// How nginx reads the argument that stands in a place, which decides what may fill it.
package enum ArgumentPlace: Sendable, Hashable {
    /// As it is.
    case literal
    /// Variables in it come to life.
    case evaluated
    case regularExpression
    /// A place between `location` and its brace.
    case locationMatch
    /// An argument of `server_name`.
    case serverName
    /// The left side of an entry of `map`.
    case mapKey
    /// The directive's own words, where text would be read as syntax: `default_server`, `max_fails=3`.
    case parameter

    /// Whether a value of that kind means nothing else here than what it holds.
    package func accepts(_ kind: ArgumentKind) -> Bool {
        switch kind {
        case .text: self == .literal
        case .expression: self == .evaluated
        case .regularExpression: self == .regularExpression
        case .locationMatch: self == .locationMatch
        case .serverName: self == .serverName
        case .mapKey: self == .mapKey
        case .comment: false
        case .size, .duration, .address, .socketAddress, .port, .cidr, .path, .identifier, .flag, .number, .statusCode:
            self == .literal || self == .evaluated || self == .parameter
        }
    }
}
