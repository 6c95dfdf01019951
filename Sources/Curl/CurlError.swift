/// Why a request has no answer.
package struct CurlError: Error, Hashable, CustomStringConvertible {
    package let description: String
    /// Whether there was a connection, and no TLS handshake came about on it.
    package let isOfHandshake: Bool

    package init(_ description: String, isOfHandshake: Bool = false) {
        self.description = description
        self.isOfHandshake = isOfHandshake
    }
}
