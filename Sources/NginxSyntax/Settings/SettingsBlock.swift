/// A block of nginx's configuration that may hold ``DirectiveSettings``.
package protocol SettingsBlock: Sendable, Hashable {
    static var context: ConfigurationContext { get }
}

/// `http`, whose settings all servers inherit.
package enum HTTPBlock: SettingsBlock {
    package static var context: ConfigurationContext { .http }
}

/// `location`.
package enum LocationBlock: SettingsBlock {
    package static var context: ConfigurationContext { .location }
}
