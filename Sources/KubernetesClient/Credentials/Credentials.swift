import Curl
import Diagnostics

/// The credentials that a request presents.
struct Credentials: Sendable, Hashable {
    /// The value of the `Authorization` header.
    var authorization: SecretBytes?
    var identity: TransportSecurity.Identity?
}
