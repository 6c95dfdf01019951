/// A fault of a fake API server, in place of the proper answer to one request.
package enum FakeAnswer: Sendable, Hashable {
    /// A Status object, with further lines of the head such as `Retry-After: 1`.
    case status(Int, reason: String = "", message: String = "", head: [String] = [])
    /// A whole answer.
    case body(String, status: Int = 200)
    /// The head of an answer and half of what it says that comes.
    case truncated(String)
    /// The lines of a watch, and then what `end` says.
    case watch([String], end: End)
    /// The connection ends.
    case hangUp
    /// Nothing, for as long as the client waits.
    case silence
    /// As it should be.
    case usual

    package enum End: Sendable, Hashable {
        /// In good order, as after `timeoutSeconds`.
        case ordered
        /// By the end of the connection.
        case hangUp
        /// Not, for as long as the client listens.
        case never
    }
}
