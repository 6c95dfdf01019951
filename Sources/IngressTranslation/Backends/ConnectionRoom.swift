import NginxSyntax
package import ProxyConfiguration

/// Room for connections to the endpoints of very many upstreams, where no setting says how much there is.
///
/// A worker keeps idle connections to the endpoints of each upstream, and none of them makes room for a request. Where
/// somebody asks all Services from time to time, to see whether they are there, they would take all that there is. To keep
/// fewer for each would be dear: with half as many as there are clients, one Service gets a new connection for a third of
/// its requests.
package struct ConnectionRoom: Sendable, Hashable {
    /// How many connections a worker may have.
    let connections: Number
    /// How long one to an endpoint may be idle; `nil` leaves it to nginx, which has a minute.
    let idleTime: TimeSpan?

    /// So many upstreams with four endpoints each fill what is usual.
    private static let fewUpstreams = 4_096

    package init(upstreams: Int) {
        let areMany = upstreams > Self.fewUpstreams
        connections = Number(areMany ? 49_152 : 16_384)
        idleTime = areMany ? TimeSpan(seconds: 10) : nil
    }

    /// Sets what nothing else does.
    package func complete(_ process: inout ProcessSettings, _ http: inout HTTPSettings) {
        let directive = SettingDirective<Number>("worker_connections")
        if process.events.value(of: directive.name) == nil { process.events.set(directive, to: connections) }
        http.keptConnections.idleTime = http.keptConnections.idleTime ?? idleTime
    }
}
