package import NginxSyntax

/// The settings of all servers, unless a server or a location says otherwise.
package struct HTTPSettings: Sendable, Hashable {
    package var directives: DirectiveSettings<HTTPBlock>
    /// Headers for backends beside those that nginx always sends; these win.
    package var requestHeaders: RequestHeaders
    package var responseHeaders: ResponseHeaders
    package var responseChanges: ResponseChanges
    package var log = AccessLog()
    /// Where clients' addresses are looked up; `nil` where they are not.
    package var places: GeoLookup?
    /// Where traces are sent; `nil` where there are none.
    package var tracing: TraceExporter?
    /// `nil` where nginx cannot filter requests.
    package var firewall: FirewallModule?
    package var keptConnections = KeptConnectionDefaults()
    /// Whether names of backends are resolved to addresses of IPv4 only.
    package var resolvesIPv4Only = false
    /// Which requests no server takes.
    package var blocked: BlockedRequests?
    /// Which proxies in front are believed what they say of clients; `nil` for none.
    package var forwarding: Forwarding?
    /// Whether the header Server is that of backends.
    package var passesServerHeader = false
    /// Whether requests without X-Request-ID get one.
    package var makesRequestIDs = true
    /// Whether nginx tells its version.
    package var showsVersion = false
    package var tls = TLSSettings()
    /// Variables that scripts and headers may name.
    package var maps: [VariableMap] = []
    /// Whether each worker has a socket of its own at each address, and not all of them one.
    package var hasSocketPerWorker = false
    /// `nil` where HTTP/3 is not spoken.
    package var http3: HTTP3Offer?

    package init(
        directives: DirectiveSettings<HTTPBlock> = DirectiveSettings(),
        requestHeaders: RequestHeaders = RequestHeaders(),
        responseHeaders: ResponseHeaders = ResponseHeaders(),
        responseChanges: ResponseChanges = ResponseChanges(redirect: TextReplacement.none),
        blocked: BlockedRequests? = nil,
        forwarding: Forwarding? = nil
    ) {
        self.directives = directives
        self.requestHeaders = requestHeaders
        self.responseHeaders = responseHeaders
        self.responseChanges = responseChanges
        self.blocked = blocked
        self.forwarding = forwarding
    }
}
