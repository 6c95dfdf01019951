import Synchronization

/// The arrived parts of one answer: written by the session's thread, read by one task.
final class TransferInbox: Sendable {
    /// A part that the reader gets.
    enum Delivery {
        case head(TransferHead)
        case bytes([UInt8])
        case end(TransferError?)
    }

    private struct State {
        var head: TransferHead?
        var isHeadTaken = false
        var bytes: [UInt8] = []
        var isFull = false
        var end: TransferError??
        var waiter: CheckedContinuation<Void, Never>?

        var hasDelivery: Bool { head != nil && !isHeadTaken || !bytes.isEmpty || end != nil }
    }

    private let state = Mutex(State())

    /// How much waits for a slow reader before the server is made to wait.
    private static let limit = 1 << 20

    // MARK: The thread's side

    func put(_ head: TransferHead) {
        change { $0.head = head }
    }

    /// Returns `false` when the reader must take something first; the same bytes are to be put again then.
    func put(_ bytes: UnsafeRawBufferPointer) -> Bool {
        change { state in
            guard state.bytes.isEmpty || state.bytes.count + bytes.count <= Self.limit else {
                state.isFull = true
                return false
            }
            unsafe state.bytes.append(contentsOf: bytes)
            return true
        }
    }

    /// Ends what was not ended before.
    func end(_ error: TransferError?) {
        change { state in
            guard state.end == nil else { return }
            state.end = .some(error)
            if error == .cancelled { state.bytes = [] }
        }
    }

    private func change<Result: Sendable>(_ body: (inout sending State) -> sending Result) -> Result {
        let (result, waiter) = state.withLock { state in
            let result = body(&state)
            return (result, state.waiter.take())
        }
        waiter?.resume()
        return result
    }

    // MARK: The reader's side

    /// Waits for the next delivery; `wasFull` tells that the server is being made to wait.
    func next() async -> (delivery: Delivery, wasFull: Bool) {
        while true {
            if let next = take() { return next }
            await withCheckedContinuation { continuation in
                let isLate = state.withLock { state in
                    guard !state.hasDelivery else { return true }
                    precondition(state.waiter == nil, "two tasks read one answer")
                    state.waiter = continuation
                    return false
                }
                if isLate { continuation.resume() }
            }
        }
    }

    private func take() -> (delivery: Delivery, wasFull: Bool)? {
        state.withLock { state in
            if !state.isHeadTaken, let head = state.head {
                state.isHeadTaken = true
                return (.head(head), false)
            }
            if !state.bytes.isEmpty {
                let wasFull = state.isFull
                state.isFull = false
                defer { state.bytes = [] }
                return (.bytes(state.bytes), wasFull)
            }
            return state.end.map { (.end($0), false) }
        }
    }
}
