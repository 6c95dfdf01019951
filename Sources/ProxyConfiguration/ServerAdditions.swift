/// What a host says of all its requests and responses beside its other settings.
package struct ServerAdditions: Sendable, Hashable {
    /// The steps before a location is looked for.
    package var script: RequestScript
    /// Headers for backends where a location sets none of their names.
    package var requestHeaders: RequestHeaders
    /// Headers for clients, likewise.
    package var responseHeaders: ResponseHeaders

    package init(
        script: RequestScript = RequestScript(),
        requestHeaders: RequestHeaders = RequestHeaders(),
        responseHeaders: ResponseHeaders = ResponseHeaders()
    ) {
        (self.script, self.requestHeaders, self.responseHeaders) = (script, requestHeaders, responseHeaders)
    }

    package var isEmpty: Bool { self == ServerAdditions() }
}
