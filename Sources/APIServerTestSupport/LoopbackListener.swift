import FlyingSocks
import Foundation
import TestSupport

/// A port of loopback that takes connections.
struct LoopbackListener: Sendable {
    let port: UInt16
    /// Waits for the connections, and for others that are to be made.
    let pool: any AsyncSocketPool
    private let socket: AsyncSocket

    /// Listens while `body` runs.
    static func use<Result: Sendable>(_ body: (LoopbackListener) async throws -> Result) async throws -> Result {
        let pool = SocketPool.make()
        try await pool.prepare()
        let socket = try Socket(domain: AF_INET)
        try socket.bind(to: .inet(ip4: "127.0.0.1", port: 0))
        try socket.listen()
        guard case .ip4(_, let port) = try socket.sockname() else { throw Tool.Failure(description: "no port") }
        let listener = LoopbackListener(port: port, pool: pool, socket: try AsyncSocket(socket: socket, pool: pool))
        defer { try? listener.socket.close() }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pool.run() }
            defer { group.cancelAll() }
            return try await body(listener)
        }
    }

    /// Serves connections, each by itself, until the task is cancelled.
    func serve(_ body: @Sendable @escaping (AsyncSocket) async -> Void) async {
        await withDiscardingTaskGroup { group in
            while let connection = try? await socket.accept() {
                group.addTask {
                    await body(connection)
                    try? connection.close()
                }
            }
        }
    }
}
