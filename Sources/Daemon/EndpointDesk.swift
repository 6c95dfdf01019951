import Diagnostics
import NameServer
package import NginxControl
package import NginxSyntax
package import ProxyConfiguration
import Synchronization

/// Answers nginx by DNS, as soon as the port for that can be had.
package final class EndpointDesk: EndpointAnswers {
    private let port: PortNumber
    private let state = Mutex(State())

    private struct State {
        var server: NameServer?
        /// The names as the server has them.
        var names: [EndpointGroup: EndpointName] = [:]
        /// The latest answers, from before there is a server too.
        var zone: EndpointZone?
    }

    package init(port: PortNumber) { self.port = port }

    /// Where nginx asks; `nil` where the port is another's.
    package var address: SocketAddress? {
        state.withLock { $0.server == nil ? nil : .internet(.loopback, port) }
    }

    /// Takes the port, unless that is done; returns the finding where it cannot be had.
    func open() -> Diagnostic? {
        state.withLock { state in
            guard state.server == nil else { return nil }
            do throws(NameServerError) {
                let server = try NameServer(addresses: EndpointLookup.addresses, port: port.value)
                if let zone = state.zone { server.serve(zone) }
                state.server = server
                return nil
            } catch {
                return .endpointPortInUse(port, error)
            }
        }
    }

    package func answer(_ addresses: [EndpointGroup: [IPAddress]], for lifetime: AnswerLifetime) {
        state.withLock { state in
            var (names, zone) = (state.names, EndpointZone())
            names = names.filter { addresses[$0.key] != nil }
            zone.records.reserveCapacity(addresses.count)
            for (group, addresses) in addresses {
                guard let name = names[group] ?? EndpointName(group.host.value) else { continue }
                names[group] = name
                zone.records[name] = EndpointZone.Record(addresses: addresses, timeToLive: lifetime.seconds)
            }
            (state.names, state.zone) = (names, zone)
            state.server?.serve(zone)
        }
    }

    package func lastQuestion(for group: EndpointGroup) -> ContinuousClock.Instant? {
        state.withLock { state in state.names[group].flatMap { state.server?.lastAsked($0) } }
    }

    package func untold(
        of groups: some Collection<EndpointGroup>,
        since time: ContinuousClock.Instant
    ) -> Set<EndpointGroup> {
        state.withLock { state in
            let known = groups.compactMap { group in state.names[group].map { ($0, group) } }
            let untold = state.server?.untold(of: known.map(\.0), since: time)
            return Set(known.filter { untold?.contains($0.0) ?? true }.map(\.1))
        }
    }

    /// What was asked and answered; `nil` where there is no port to ask at.
    var counts: NameServerCounts? { state.withLock { $0.server?.counts } }

    /// Gives the port back.
    package func close() {
        state.withLock { state in
            state.server?.stop()
            state.server = nil
        }
    }
}

extension Diagnostic {
    fileprivate static func endpointPortInUse(_ port: PortNumber, _ error: NameServerError) -> Diagnostic {
        Diagnostic(
            .warning,
            code: "endpoints-port-in-use",
            "nginx cannot ask for endpoints at \(IPAddress.loopback):\(port): \(error); they stand in its configuration, and "
                + "each change of them takes a reload",
            hint: "it is tried again with each change; --endpoints-port names another port"
        )
    }
}
