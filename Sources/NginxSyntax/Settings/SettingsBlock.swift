/// A block of nginx's configuration that may hold ``DirectiveSettings``.
package protocol SettingsBlock: Sendable, Hashable {
    static var context: DirectiveContext { get }
}

/// The outermost block, which is about nginx's processes.
package enum MainBlock: SettingsBlock {
    package static var context: DirectiveContext { .main }
}

/// `events`, which is about how workers take connections.
package enum EventsBlock: SettingsBlock {
    package static var context: DirectiveContext { .events }
}

/// `http`, whose settings all servers inherit.
package enum HTTPBlock: SettingsBlock {
    package static var context: DirectiveContext { .http }
}

/// `server` in `stream`.
package enum StreamServerBlock: SettingsBlock {
    package static var context: DirectiveContext { .streamServer }
}

/// `location`.
package enum LocationBlock: SettingsBlock {
    package static var context: DirectiveContext { .location }
}
