/// The outcome that an answer states ([RFC 1035, 4.1.1](https://www.rfc-editor.org/rfc/rfc1035#section-4.1.1)).
package enum ResponseCode: UInt16, Sendable, Hashable, CaseIterable {
    case noError = 0
    /// The question cannot be read.
    case formatError = 1
    /// There is no zone yet: whoever asks keeps what it has.
    case serverFailure = 2
    case nameError = 3
    case notImplemented = 4
    case refused = 5
    /// Of an extension that is not known ([RFC 6891, 6.1.3](https://www.rfc-editor.org/rfc/rfc6891#section-6.1.3)).
    case badVersion = 16
}
