import Synchronization

/// Whether traffic may be sent to the nginx that is served.
package final class Health: Sendable {
    package enum State: String, Sendable, Hashable {
        case starting = "the first generation has not gone live yet"
        case ready = "ok"
        case ending = "shutting down"
    }

    private let current = Mutex(State.starting)

    package init() {}

    package var state: State { current.withLock { $0 } }

    /// A generation serves; a controller that is about to end does not become ready again.
    package func generationServes() {
        current.withLock { if $0 == .starting { $0 = .ready } }
    }

    /// Asks for no more traffic.
    package func end() {
        current.withLock { $0 = .ending }
    }
}
