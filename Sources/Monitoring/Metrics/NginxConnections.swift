/// The counts of nginx's connections since it was started.
///
/// See [stub_status](https://nginx.org/en/docs/http/ngx_http_stub_status_module.html).
package struct NginxConnections: Sendable, Hashable {
    private var accepted: Int
    private var handled: Int
    private var requests: Int
    private var active: Int
    private var reading: Int
    private var writing: Int
    private var waiting: Int

    /// Parses what `stub_status` answers; returns `nil` for anything else.
    package init?(_ text: String) {
        let numbers = text.split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) }
        guard text.hasPrefix("Active connections:"), numbers.count == 7 else { return nil }
        active = numbers[0]
        accepted = numbers[1]
        handled = numbers[2]
        requests = numbers[3]
        reading = numbers[4]
        writing = numbers[5]
        waiting = numbers[6]
    }

    /// The metrics of nginx; `nil` where it does not answer.
    static func families(_ connections: NginxConnections?) -> [MetricFamily] {
        let isUp = MetricFamily(
            "postern_nginx_up",
            .gauge,
            "Whether the nginx that serves answers on its status socket.",
            value: connections == nil ? 0 : 1
        )
        guard let connections else { return [isUp] }
        var states = MetricFamily("postern_nginx_connections", .gauge, "nginx's open connections, by state.")
        states.add(Double(connections.active), ["state": "active"])
        states.add(Double(connections.reading), ["state": "reading"])
        states.add(Double(connections.writing), ["state": "writing"])
        states.add(Double(connections.waiting), ["state": "waiting"])
        return [
            isUp, states,
            MetricFamily(
                "postern_nginx_connections_accepted_total",
                .counter,
                "Connections that nginx has accepted.",
                value: Double(connections.accepted)
            ),
            MetricFamily(
                "postern_nginx_connections_handled_total",
                .counter,
                "Connections that nginx has not had to drop for want of room.",
                value: Double(connections.handled)
            ),
            MetricFamily(
                "postern_nginx_http_requests_total",
                .counter,
                "Requests that nginx has taken.",
                value: Double(connections.requests)
            ),
        ]
    }
}
