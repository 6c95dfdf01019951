import Foundation

/// Requests that share connections, over HTTP/2 a single one, and a thread of their own.
///
/// The thread ends, and with it all requests, when the session goes out of scope.
package final class CurlSession: Sendable {
    private let mailbox = SessionMailbox()

    package init() {
        let mailbox = mailbox
        let thread = Thread { Self.work(for: mailbox) }
        thread.name = "postern.curl"
        thread.start()
    }

    deinit { mailbox.close() }

    /// Sends a request; what comes of it is read from the reply.
    package func start(_ request: TransferRequest) -> TransferReply {
        let inbox = TransferInbox()
        return TransferReply(id: mailbox.start(request, inbox), inbox, mailbox)
    }

    private static func work(for mailbox: SessionMailbox) {
        blockBrokenPipes()
        while !mailbox.isClosed {
            guard var multi = MultiHandle(wakingBy: mailbox) else { return refuseAll(mailbox) }
            while !mailbox.isClosed {
                for command in mailbox.take() { multi.obey(command) }
                guard multi.work() else {
                    multi.giveUp()
                    break
                }
                multi.wait()
            }
        }
        for case .start(_, _, let inbox) in mailbox.take() { inbox.end(.cancelled) }
    }

    /// A server that hangs up while it is written to ends the connection, not the program.
    private static func blockBrokenPipes() {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGPIPE)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    private static func refuseAll(_ mailbox: SessionMailbox) {
        while !mailbox.isClosed {
            for case .start(_, _, let inbox) in mailbox.take() { inbox.end(.unusable("libcurl cannot be set up")) }
            Thread.sleep(forTimeInterval: 0.1)
        }
    }
}
