import NginxSyntax

/// After what a request is passed to another endpoint.
struct RetryValues: Sendable, Hashable {
    var failures: [Identifier] = []
    /// Whether requests are that change something each time they are made.
    var repeatsAll = false

    /// The failures, and what nginx calls such requests.
    var conditions: [Identifier] {
        let all = Identifier(known: "non_idempotent")
        return repeatsAll && !failures.contains(all) ? failures + [all] : failures
    }
}

/// How requests are passed on to backends.
enum BackendRequests {
    static let settings: [Setting] = [
        .directive(
            "proxy-connect-timeout",
            .timeout,
            default: "5",
            sets: "proxy_connect_timeout",
            "Limits how long nginx waits for a connection to an endpoint."
        ).identical,
        .directive(
            "proxy-http-version",
            .httpVersion,
            default: "1.1",
            sets: "proxy_http_version",
            "Sets the HTTP version of requests to endpoints."
        ).identical,
        .value(
            "proxy-next-upstream",
            .upstreamFailures,
            \.retries.failures,
            default: "error timeout",
            scope: .location,
            from: .everywhere,
            "Names the failures after which a request is passed to another endpoint."
        ).risk(.medium).identical,
        .directive(
            "proxy-next-upstream-timeout",
            .timeout,
            default: "0",
            sets: "proxy_next_upstream_timeout",
            "Limits how long a request may be passed to further endpoints; 0 sets no limit."
        ).identical,
        .directive(
            "proxy-next-upstream-tries",
            .count,
            default: "3",
            sets: "proxy_next_upstream_tries",
            "Limits how many endpoints a request may be passed to; 0 sets no limit."
        ).identical,
        .directive(
            "proxy-read-timeout",
            .timeout,
            default: "60",
            sets: "proxy_read_timeout",
            "Limits the time between two reads of an endpoint's response."
        ).identical,
        .directive(
            "proxy-send-timeout",
            .timeout,
            default: "60",
            sets: "proxy_send_timeout",
            "Limits the time between two writes of a request to an endpoint."
        ).identical,
        .value(
            "retry-non-idempotent",
            .bool,
            \.retries.repeatsAll,
            default: "false",
            scope: .location,
            from: .configMaps,
            "Passes requests to another endpoint as well that change something each time they are made, such as POST."
        ).identical,
    ]
}
