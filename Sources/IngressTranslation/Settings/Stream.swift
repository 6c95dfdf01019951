/// How TCP and UDP are passed on.
enum Stream {
    static let settings: [Setting] = [
        .unsupported(
            "proxy-stream-next-upstream",
            because: .streams,
            from: .global,
            "Passes connections to another endpoint where one fails."
        ),
        .unsupported(
            "proxy-stream-next-upstream-timeout",
            because: .streams,
            from: .global,
            "Limits how long a connection may be passed on so."
        ),
        .unsupported(
            "proxy-stream-next-upstream-tries",
            because: .streams,
            from: .global,
            "Limits how many endpoints a connection may be passed to."
        ),
        .unsupported(
            "proxy-stream-responses",
            because: .streams,
            from: .global,
            "Sets how many datagrams answer one of a client."
        ),
        .unsupported(
            "proxy-stream-timeout",
            because: .streams,
            from: .global,
            "Limits how long a connection may be idle."
        ),
    ]
}
