import ClusterSource
import Synchronization

/// What a source has told of its connection.
final class ConnectionChanges: Sendable {
    private let list = Mutex<[ClusterConnectionChange]>([])

    var all: [ClusterConnectionChange] { list.withLock { $0 } }

    func add(_ change: ClusterConnectionChange) {
        list.withLock { $0.append(change) }
    }
}
