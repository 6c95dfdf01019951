/// The answer to a request; one task reads it.
///
/// The request ends at once when the task is cancelled, or when nobody holds the reply any more.
package final class TransferReply: Sendable {
    private let id: UInt64
    private let inbox: TransferInbox
    private let mailbox: SessionMailbox

    init(id: UInt64, _ inbox: TransferInbox, _ mailbox: SessionMailbox) {
        self.id = id
        self.inbox = inbox
        self.mailbox = mailbox
    }

    deinit { mailbox.post(.cancel(id)) }

    /// Waits for the head of the answer; to be called once, before anything else.
    package func head() async throws(TransferError) -> TransferHead {
        switch try await delivery() {
        case .head(let head): return head
        case .bytes, .end: throw .lost("the answer has no head")
        }
    }

    /// Waits for the next part of the body; `nil` at its end.
    package func next() async throws(TransferError) -> [UInt8]? {
        while true {
            switch try await delivery() {
            case .head: continue
            case .bytes(let bytes): return bytes
            case .end: return nil
            }
        }
    }

    private func delivery() async throws(TransferError) -> TransferInbox.Delivery {
        let (delivery, wasFull) = await withTaskCancellationHandler {
            await inbox.next()
        } onCancel: {
            inbox.end(.cancelled)
            mailbox.post(.cancel(id))
        }
        if wasFull { mailbox.post(.resume(id)) }
        if case .end(let error?) = delivery { throw error }
        return delivery
    }
}
