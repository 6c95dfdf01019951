import Foundation
import Sockets
import Synchronization
import TestSupport

/// Passes questions by UDP on to a name server, and holds its answers back for a while.
final class SlowRelay: Sendable {
    let port: UInt16
    private let socket: DatagramSocket
    private let server: IPv4Endpoint
    private let state = Mutex(State())

    private struct State {
        var delay = Duration.zero
        var isEnded = false
    }

    private struct Held {
        var due: ContinuousClock.Instant
        var asker: IPv4Endpoint
        var bytes: [UInt8]
    }

    /// Runs until nobody has it any more.
    init(to port: UInt16) throws {
        socket = try DatagramSocket(IPv4Endpoint(0x7F00_0001, port: 0), room: 1 << 20)
        server = IPv4Endpoint(0x7F00_0001, port: port)
        self.port = socket.endpoint.port
    }

    /// Holds answers back from now on.
    func delay(by delay: Duration) { state.withLock { $0.delay = delay } }

    /// Relays while `body` runs.
    func run(_ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.relay() }
            try await body()
            group.cancelAll()
        }
    }

    private func relay() async throws {
        let upstream = try DatagramSocket(IPv4Endpoint(0x7F00_0001, port: 0), room: 1 << 20)
        var buffer = [UInt8](repeating: 0, count: 4_096)
        // By the number of the message.
        var askers: [[UInt8]: IPv4Endpoint] = [:]
        var held: [Held] = []
        while !Task.isCancelled {
            while case .datagram(let count, let asker, _) = socket.receive(into: &buffer) {
                askers[Array(buffer.prefix(2))] = asker
                _ = upstream.send(Array(buffer[..<count]), to: server)
            }
            let due = ContinuousClock.now + state.withLock { $0.delay }
            while case .datagram(let count, _, _) = upstream.receive(into: &buffer) {
                guard let asker = askers[Array(buffer.prefix(2))] else { continue }
                held.append(Held(due: due, asker: asker, bytes: Array(buffer[..<count])))
            }
            for answer in held where answer.due <= .now { _ = socket.send(answer.bytes, to: answer.asker) }
            held.removeAll { $0.due <= .now }
            try? await Task.sleep(for: .milliseconds(1))
        }
    }
}
