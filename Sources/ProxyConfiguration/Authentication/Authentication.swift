package import NginxSyntax

/// A service that is asked of each request whether it may pass, before it is passed on.
///
/// Any 2xx lets it pass; 401 and 403 are the answer to the client; all else, and no answer, is 500.
package struct Authentication: Sendable, Hashable {
    package var service: Service
    /// Whether the service is asked over TLS; its certificate is not checked.
    package var usesTLS: Bool
    /// The host that the service is told that it is asked for.
    package var host: Expression
    /// The path and the query that the service is asked for.
    package var target: Expression
    /// The method of the question; `nil` for GET.
    package var method: Identifier?
    /// The headers that the service gets beside, or in place of, those that it always gets.
    package var requestHeaders = RequestHeaders()
    /// Where the service may send clients back to; `nil` for the request's own path and query.
    package var redirect: Expression?
    /// The headers of its answer that the backend gets; what a client sends in their place never does.
    package var responseHeaders: [HeaderName] = []
    /// Whether clients get the cookies of its answer whatever the status is.
    package var alwaysSetsCookies = false
    /// Where clients are sent instead of an answer of 401.
    package var signIn: Expression?
    /// The parts of its answer that ``signIn`` names, beside those that scripts of locations take.
    package var answers: [RequestScript.Answer] = []
    package var cache: Cache?
    /// How the service is asked where that differs from the settings of `http`.
    package var settings = DirectiveSettings<LocationBlock>()

    /// The service that is asked.
    package enum Service: Sendable, Hashable {
        case upstream(Identifier)
        case address(SocketAddress)
        /// A name that is resolved while serving.
        case name(HostName, PortNumber)
        /// The host of the request, resolved while serving.
        case requestHost(PortNumber)
        /// There is nobody to ask, so that no request passes.
        case unavailable
    }

    /// For how long answers hold for other requests.
    package struct Cache: Sendable, Hashable {
        /// The key that tells apart requests that may have different answers.
        package var key: Expression
        package var validity: [Validity]

        package init(key: Expression, validity: [Validity]) { (self.key, self.validity) = (key, validity) }
    }

    /// How long answers with some statuses hold; without any, those with 200, 301 and 302.
    package struct Validity: Sendable, Hashable {
        package var statuses: [StatusCode]
        package var time: TimeSpan

        package init(statuses: [StatusCode], time: TimeSpan) { (self.statuses, self.time) = (statuses, time) }
    }

    package init(service: Service, usesTLS: Bool, host: Expression, target: Expression) {
        (self.service, self.usesTLS, self.host, self.target) = (service, usesTLS, host, target)
    }
}

extension VariableName {
    /// The path and the query of a request, percent-encoded; ingress-nginx calls it so.
    package static let escapedRequestURI = VariableName(known: "escaped_request_uri")
}
