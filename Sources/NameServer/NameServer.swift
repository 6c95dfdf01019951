import Foundation
package import NginxSyntax
import Sockets
import Synchronization

/// An authoritative name server for the addresses of endpoints, on loopback, which nginx asks.
///
/// One thread answers all, by UDP and TCP ([RFC 1035](https://www.rfc-editor.org/rfc/rfc1035),
/// [RFC 7766](https://www.rfc-editor.org/rfc/rfc7766)): whatever it is sent costs no more than ``NameServerLimits``,
/// and is answered once at most. It ends with ``stop()``, or when nobody has it any more.
package final class NameServer: Sendable {
    package let port: UInt16
    private let desk: ZoneDesk

    /// Takes the port by UDP and TCP; until ``serve(_:)`` is called, questions are answered by a failure for which nginx
    /// keeps what it has.
    ///
    /// - Parameters:
    ///   - addresses: Some in 127.0.0.0/8, each of which has the port; the zone's own name has these addresses.
    ///   - port: 0 for one that is free.
    package init(
        addresses: [IPAddress] = [.loopback],
        port: UInt16,
        limits: NameServerLimits = NameServerLimits()
    ) throws(NameServerError) {
        for address in addresses where !address.isLoopback { throw .notLoopback(address) }
        let own = EndpointZone.Record(addresses: addresses, timeToLive: 1)
        let sockets: ServingSockets
        do throws(SocketError) {
            sockets = try ServingSockets(
                addresses.map { UInt32(truncatingIfNeeded: $0.bits) },
                port: port,
                room: limits.receiveRoom
            )
            desk = try ZoneDesk(apex: own)
        } catch {
            throw error.isPortTaken ? .portTaken(port) : .unavailable(error.description)
        }
        self.port = sockets.port
        // Not a thread of a pool: it waits for questions all its life.
        let thread = Thread { [desk] in
            var loop = NameServingLoop(sockets, desk, limits)
            loop.run()
        }
        thread.name = "postern.names"
        thread.start()
    }

    deinit { stop() }

    /// Answers from another zone from now on: wholly, and without a moment in between.
    package func serve(_ zone: EndpointZone) { desk.publish(zone) }

    /// Ends the server: its port is free a moment later.
    package func stop() { desk.close() }

    /// When the addresses of a name were last asked for; `nil` if never, or if it is none of the zone.
    package func lastAsked(_ name: EndpointName) -> ContinuousClock.Instant? {
        desk.table.entries[name]?.asked.instant
    }

    /// Those of the names whose present addresses nobody has been given since a time: what nginx may not know yet.
    ///
    /// A name that is none of the zone is not among them.
    package func untold(of names: some Sequence<EndpointName>, since time: ContinuousClock.Instant) -> Set<EndpointName>
    {
        let entries = desk.table.entries
        return Set(
            names.filter { name in
                guard let entry = entries[name] else { return false }
                return entry.told.instant.map { $0 < time } ?? true
            }
        )
    }

    package var counts: NameServerCounts { desk.counts }
}

extension IPAddress {
    fileprivate var isLoopback: Bool {
        family == .ipv4 && IPv4Endpoint(UInt32(truncatingIfNeeded: bits), port: 0).isLoopback
    }
}
