@testable import NameServer
import Sockets
import TestSupport
import Testing

/// One connection, without the thread that serves it.
@Suite(.timeLimit(.minutes(10))) struct NameConnectionTests {
    @Test func `questions in one segment that nobody reads the answers of are held, and answered when he does`()
        async throws
    {
        let answer = [UInt8](repeating: 7, count: 60_000)
        // Many fit into what is read at once.
        let questions = (0..<200).flatMap { [0, 2, UInt8($0), 0] as [UInt8] }
        let limits = NameServerLimits()
        let sockets = try ServingSockets([0x7F00_0001], port: 0, room: 1 << 16)
        try await RawConnection.use(to: "127.0.0.1", port: sockets.port) { client in
            try await client.write(questions)
            var connection = try await Self.connection(at: sockets.listeners[0], limits)
            var (buffer, asked) = ([UInt8](repeating: 0, count: 4_096), [UInt8]())
            func proceed() {
                connection.proceed(by: &buffer, now: .now) { message in
                    asked += message.prefix(1)
                    return answer
                }
                #expect(connection.heldBytes <= limits.unread + answer.count + 2 + questions.count)
            }
            // What the system takes for whoever does not read is not ours.
            try await eventually("there is no room for more") {
                proceed()
                return !connection.isReading && connection.heldBytes > limits.unread
            }
            for _ in 0..<100 { proceed() }
            #expect(connection.isWriting && !connection.isEnded)
            let early = asked.count
            #expect(early < 200)
            async let answers = client.read(200 * (answer.count + 2))
            try await eventually("all are answered") {
                proceed()
                return !connection.isWriting
            }
            #expect(asked == (0..<200).map { UInt8($0) })
            #expect(try await answers.count == 200 * (answer.count + 2))
            #expect(connection.isReading && connection.heldBytes == 0)
        }
    }

    private static func connection(
        at listener: ListeningSocket,
        _ limits: NameServerLimits
    ) async throws -> NameConnection {
        var connection: NameConnection?
        try await eventually("it is there") {
            guard case .connection(let socket) = listener.accept() else { return false }
            connection = NameConnection(socket, limits, now: .now)
            return true
        }
        return try #require(connection)
    }
}
