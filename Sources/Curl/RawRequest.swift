/// One HTTP request, to be sent exactly as it is described.
package struct RawRequest: Sendable, Hashable {
    /// Decides by scheme and host which connection is used, and by its host what a TLS handshake asks for.
    package var url: String
    package var method: String
    /// The path and the query, sent as they are written here.
    package var target: String
    /// The value of the `Host` header.
    package var host: String
    /// Other headers, in lines without a break.
    package var headers: [String: String]
    /// Whether the request may go over a connection that is open, and leaves its own open for the next.
    package var sharesConnections: Bool
    /// How long to wait for the whole of the answer.
    package var timeout: Duration

    package init(
        url: String,
        method: String = "GET",
        target: String,
        host: String,
        headers: [String: String] = [:],
        sharesConnections: Bool = true,
        timeout: Duration = .seconds(10)
    ) {
        self.url = url
        self.method = method
        self.target = target
        self.host = host
        self.headers = headers
        self.sharesConnections = sharesConnections
        self.timeout = timeout
    }
}
