import ClusterSource
import Synchronization

/// What a source has told of its connection.
final class Notices: Sendable {
    private let list = Mutex<[ClusterNotice]>([])

    var all: [ClusterNotice] { list.withLock { $0 } }

    func add(_ notice: ClusterNotice) {
        list.withLock { $0.append(notice) }
    }
}
