/// Why a request of a session has no answer, or no whole one.
package enum TransferError: Error, Hashable {
    /// No connection could be made.
    case unreachable(String)
    /// The server is not the one that is trusted, or does not trust us.
    case untrusted(String)
    /// The connection ended before the answer did.
    case lost(String)
    case timedOut
    /// A part of the request cannot be sent, such as a file of a key that is missing.
    case unusable(String)
    case cancelled
}
