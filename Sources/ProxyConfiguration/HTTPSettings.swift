package import NginxSyntax

/// What holds for all servers, wherever a server or a location says nothing else.
package struct HTTPSettings: Sendable, Hashable {
    package var directives: DirectiveSettings<HTTPBlock>
    /// What backends are told beside what nginx always tells them; these win.
    package var requestHeaders: RequestHeaders
    package var responseHeaders: ResponseHeaders
    package var log = AccessLog()
    /// Whether names of backends are resolved to addresses of IPv4 only.
    package var resolvesIPv4Only = false

    package init(
        directives: DirectiveSettings<HTTPBlock> = DirectiveSettings(),
        requestHeaders: RequestHeaders = RequestHeaders(),
        responseHeaders: ResponseHeaders = ResponseHeaders()
    ) {
        self.directives = directives
        self.requestHeaders = requestHeaders
        self.responseHeaders = responseHeaders
    }
}
