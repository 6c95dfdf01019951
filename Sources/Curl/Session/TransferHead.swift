/// The head of an answer.
package struct TransferHead: Sendable, Hashable {
    package var status: Int
    /// The wait that `Retry-After` asks for, be it a number of seconds or a date.
    package var retryAfter: Duration?
    /// `2` or `1.1`.
    package var httpVersion: String

    package init(status: Int, retryAfter: Duration? = nil, httpVersion: String = "1.1") {
        self.status = status
        self.retryAfter = retryAfter
        self.httpVersion = httpVersion
    }
}
