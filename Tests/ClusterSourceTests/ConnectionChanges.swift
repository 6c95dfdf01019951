import ClusterSource
import Synchronization

/// The connection changes that a source has reported.
final class ConnectionChanges: Sendable {
    private let list = Mutex<[ClusterConnectionChange]>([])

    var all: [ClusterConnectionChange] { list.withLock { $0 } }

    func add(_ change: ClusterConnectionChange) {
        list.withLock { $0.append(change) }
    }
}
