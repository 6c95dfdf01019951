import CCurlShim
import Synchronization

/// The requests of a program's tasks to the thread of a session.
final class SessionMailbox: Sendable {
    enum Command: Sendable {
        case start(UInt64, TransferRequest, TransferInbox)
        case cancel(UInt64)
        /// The reader has made room.
        case resume(UInt64)
    }

    private struct State {
        var commands: [Command] = []
        var nextID: UInt64 = 1
        /// The address of the multi handle that the thread waits on; the thread takes it away before the handle ends.
        var waitingOn: UInt?
        var isClosed = false
    }

    private let state = Mutex(State())

    var isClosed: Bool { state.withLock { $0.isClosed } }

    func start(_ request: TransferRequest, _ inbox: TransferInbox) -> UInt64 {
        post { state in
            defer { state.nextID += 1 }
            state.commands.append(.start(state.nextID, request, inbox))
            return state.nextID
        }
    }

    func post(_ command: Command) {
        post { $0.commands.append(command) }
    }

    func close() {
        post { $0.isClosed = true }
    }

    private func post<Result: Sendable>(_ body: (inout sending State) -> sending Result) -> Result {
        state.withLock { state in
            let result = body(&state)
            // Under the lock, so that the handle is still there.
            if let address = state.waitingOn { unsafe curl_multi_wakeup(UnsafeMutableRawPointer(bitPattern: address)) }
            return result
        }
    }

    // MARK: The thread's side

    func take() -> [Command] {
        state.withLock { state in
            defer { state.commands = [] }
            return state.commands
        }
    }

    func wake(_ address: UInt?) {
        state.withLock { $0.waitingOn = address }
    }
}
