import ClusterSource
import Synchronization

/// What a source has told of what it cannot read.
final class Conditions: Sendable {
    private let list = Mutex<[SourceCondition]>([])

    var all: [SourceCondition] { list.withLock { $0 } }

    func add(_ condition: SourceCondition) {
        list.withLock { $0.append(condition) }
    }
}
