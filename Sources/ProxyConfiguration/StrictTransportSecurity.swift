/// The Strict-Transport-Security header of HTTPS responses ([RFC 6797](https://www.rfc-editor.org/rfc/rfc6797)).
package struct StrictTransportSecurity: Sendable, Hashable {
    package var maxAgeInSeconds: Int
    package var includesSubdomains: Bool
    package var preloads: Bool

    package init(maxAgeInSeconds: Int = 31_536_000, includesSubdomains: Bool = true, preloads: Bool = false) {
        self.maxAgeInSeconds = maxAgeInSeconds
        self.includesSubdomains = includesSubdomains
        self.preloads = preloads
    }

    /// The value of the header, such as `max-age=31536000; includeSubDomains`.
    package var headerValue: String {
        "max-age=\(maxAgeInSeconds)\(includesSubdomains ? "; includeSubDomains" : "")\(preloads ? "; preload" : "")"
    }
}
