import ProxyConfiguration

/// The headers of a server's locations that set none themselves.
struct InheritedHeaders: Sendable, Hashable {
    var request: RequestHeaders
    var response: ResponseHeaders
    /// Whether clients could send headers by other names that backends take for the same.
    var dropsTwins: Bool

    /// All headers of requests where a block says some of its own.
    func request(with others: RequestHeaders) -> RequestHeaders {
        let whole = request.overridden(by: others)
        return dropsTwins ? whole.withoutTwins : whole
    }
}
