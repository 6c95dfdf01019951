package import NginxSyntax

/// The parts of a request that routing looks at.
package struct Request: Sendable, Hashable {
    package var scheme: Listener.Scheme
    /// The `Host` header as sent, with its port if any; empty where there is none, as HTTP/1.0 allows.
    package var host: String
    package var method: String
    /// The request target as sent: an encoded path and a query, without a scheme and a host.
    package var target: String
    /// By lower-case name.
    package var headers: [String: String]
    /// The address that it comes from; `nil` for one that comes through a Unix socket, and has none.
    package var client: IPAddress?
    /// Whether the guards let it pass of which no model knows what they come to: its password is right wherever one is
    /// asked for, its client is within all limits, and
    /// shows the certificate that it has to.
    package var isAdmitted: Bool
    /// The host, with its port if any, that a proxy says the client has asked for; `nil` where it is ``host``.
    var forwardedHost: String?
    /// The target as it was sent, where a script has put another path in its place; `nil` where it is ``target``.
    var sentTarget: String?

    /// The target by which the client has asked.
    var originalTarget: String { sentTarget ?? target }

    /// The same by another path, once a script has put it in place of the request's.
    func byPath(_ path: [UInt8], _ target: RequestTarget) -> (request: Request, target: RequestTarget) {
        var (request, changed) = (self, target)
        request.sentTarget = originalTarget
        request.target = target.withPath(path)
        changed.path = path
        return (request, changed)
    }

    package init(
        scheme: Listener.Scheme = .http,
        host: String,
        method: String = "GET",
        target: String,
        headers: [String: String] = [:],
        client: IPAddress? = nil,
        isAdmitted: Bool = false
    ) {
        self.scheme = scheme
        self.host = host
        self.method = method
        self.target = target
        self.headers = headers
        self.client = client
        self.isAdmitted = isAdmitted
    }
}
