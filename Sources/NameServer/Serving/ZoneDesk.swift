import Sockets
import Synchronization

/// Where the thread that answers finds the zone, and leaves what it has counted.
final class ZoneDesk: Sendable {
    let bell: Bell
    private let state: Mutex<State>
    /// Held by whoever makes the next table, so that the thread that answers need not wait for it.
    private let publishing = Mutex(())

    private struct State {
        var isClosed = false
        var isServing = false
        var table: AnswerTable
        var counts = NameServerCounts()
    }

    init(apex: EndpointZone.Record) throws(SocketError) {
        bell = try Bell()
        state = Mutex(State(table: AnswerTable(apex: apex)))
    }

    var table: AnswerTable { state.withLock { $0.table } }
    var counts: NameServerCounts {
        state.withLock { state in
            var counts = state.counts
            counts.names = state.table.entries.count
            counts.updates = Int(state.table.serial)
            return counts
        }
    }

    func publish(_ zone: EndpointZone) {
        publishing.withLock { _ in
            var next = table
            next.update(to: zone)
            state.withLock { state in
                state.table = next
                state.isServing = true
            }
        }
    }

    func close() {
        state.withLock { $0.isClosed = true }
        bell.ring()
    }

    enum Order {
        case answer(from: AnswerTable)
        /// There is no zone yet.
        case fail
        case end
    }

    /// Leaves what was counted, for whoever wants to know.
    func report(_ counts: NameServerCounts) {
        state.withLock { $0.counts = counts }
    }

    /// What is to be done with the questions that have come.
    var order: Order {
        state.withLock { state in
            if state.isClosed { return .end }
            return state.isServing ? .answer(from: state.table) : .fail
        }
    }
}
