package import Incremental
package import NginxSyntax

/// The settings that the locations of one Ingress share, whatever their paths: a value for each feature that it uses.
package struct LocationPolicy: Sendable, Hashable {
    /// The directives that differ from those of `http`.
    package var settings: DirectiveSettings<LocationBlock>
    /// Headers for backends that differ from those everywhere else.
    package var requestHeaders: RequestHeaders?
    /// Headers for clients beside those of all the host's responses.
    package var responseHeaders: ResponseHeaders?
    /// How redirects and cookies of backends are changed otherwise than everywhere else.
    package var responseChanges: ResponseChanges
    /// The backend that answers in place of errors; `nil` leaves them to nginx and to backends.
    package var errorPages: ErrorPages?
    /// Which pages of other origins may send requests; `nil` leaves that to backends.
    package var cors: CORSPolicy?
    /// Which requests are refused before anything else is looked at, beside those of all servers; `nil` for none.
    package var blocked: BlockedRequests?
    /// How much one client may ask for; `nil` for anything.
    package var limits: ClientLimits?
    /// Which clients are served; `nil` for all.
    package var access: AccessPolicy?
    /// The names and passwords that requests have to bring; `nil` where they need none.
    package var passwords: BasicAuthentication?
    /// Whether a request passes by its client's address, by its password, or by the service's answer, and needs not all.
    package var admitsByOneGuard = false
    /// The service that is asked before a request is passed on; `nil` for none.
    package var authentication: Authentication?
    /// The parameters for backends that speak FastCGI; `nil` for none beside those of all.
    package var fastCGI: FastCGI?
    /// The cookie by which a client's requests come to one endpoint; `nil` where none is set.
    package var session: SessionCookie?
    /// The receiver of copies of requests; `nil` for none.
    package var mirror: RequestMirror?
    /// The steps by which nginx decides about requests before they are passed on; `nil` for none.
    package var script: ByReference<RequestScript>?
    /// How requests are filtered; `nil` where they are not.
    package var firewall: ByReference<Firewall>?
    /// Whether requests are in the access log.
    package var isLogged = true

    package init(
        settings: DirectiveSettings<LocationBlock> = DirectiveSettings(),
        requestHeaders: RequestHeaders? = nil,
        responseHeaders: ResponseHeaders? = nil,
        responseChanges: ResponseChanges = ResponseChanges(),
        errorPages: ErrorPages? = nil,
        cors: CORSPolicy? = nil,
        blocked: BlockedRequests? = nil,
        access: AccessPolicy? = nil,
        authentication: Authentication? = nil
    ) {
        self.settings = settings
        self.requestHeaders = requestHeaders
        self.responseHeaders = responseHeaders
        self.responseChanges = responseChanges
        self.errorPages = errorPages
        self.cors = cors
        self.blocked = blocked
        self.access = access
        self.authentication = authentication
    }

    /// The policy that asks for nothing; one for all.
    package static let plain = ByReference(LocationPolicy())
}
