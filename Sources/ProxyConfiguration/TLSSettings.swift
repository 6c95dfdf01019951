package import NginxSyntax

/// How TLS is spoken with clients, beside what single directives say.
package struct TLSSettings: Sendable, Hashable {
    /// How large the memory of sessions is that workers share; `nil` where they remember none.
    package var sessionCache: ByteSize?
    /// The key of session tickets; `nil` for one of each start of nginx.
    package var sessionTicketKey: PrivateFile.Name?
    /// The parameters of Diffie-Hellman key exchanges; `nil` where there are none but on curves.
    package var keyExchangeParameters: PrivateFile.Name?
    /// Whether clients are shown that certificates are not revoked, where these name somebody who tells it.
    package var staples = false
    /// Whether HTTP/2 is spoken with clients that can.
    package var usesHTTP2: Bool
    /// Whether handshakes for hosts that no server names are refused.
    package var refusesUnknownHosts: Bool

    package init(
        sessionCache: ByteSize? = ByteSize(bytes: 10 << 20),
        usesHTTP2: Bool = true,
        refusesUnknownHosts: Bool = false
    ) {
        (self.sessionCache, self.usesHTTP2) = (sessionCache, usesHTTP2)
        self.refusesUnknownHosts = refusesUnknownHosts
    }
}
