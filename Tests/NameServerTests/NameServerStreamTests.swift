import NameServer
import TestSupport
import Testing

/// The server by TCP.
@Suite(.timeLimit(.minutes(10))) struct NameServerStreamTests {
    @Test func `many questions on one connection are all answered, however they are cut`() async throws {
        let server = try NameServer(port: 0)
        server.serve(.large(2_000))
        try await RawConnection.use(to: "127.0.0.1", port: server.port) { connection in
            let bytes = (0..<20 as Range<UInt16>).flatMap { Self.framed(Question(id: $0).bytes) }
            for cut in [bytes.prefix(1), bytes[1..<30], bytes[30..<31], bytes.dropFirst(31)] {
                try await connection.write(Array(cut))
                try await Task.sleep(for: .milliseconds(5))
            }
            for id in 0..<20 as Range<UInt16> {
                let answer = try await Self.answer(on: connection)
                #expect(answer.id == id && answer.answers.count == 2_000)
            }
        }
        try await eventually("all are counted") { server.counts.streamed == 20 && server.counts.connections == 1 }
    }

    @Test func `nonsense is answered, and what is none ends the connection`() async throws {
        let server = try NameServer(port: 0)
        server.serve(.small)
        try await RawConnection.use(to: "127.0.0.1", port: server.port) { connection in
            try await connection.write(Self.framed(Array(Question().bytes.dropLast())) + Self.framed(Question().bytes))
            #expect(try await Self.answer(on: connection).code == 1)
            #expect(try await Self.answer(on: connection).answers.count == 2)
            try await connection.write(Self.framed(Question(flags: 0x8000).bytes))
            #expect(try await connection.readToEnd() == "")
        }
        // No question is as long as that.
        try await RawConnection.use(to: "127.0.0.1", port: server.port) { connection in
            try await connection.write([0xFF, 0xFF, 0])
            #expect(try await connection.readToEnd() == "")
        }
    }

    @Test func `a connection that is quiet ends in time`() async throws {
        var limits = NameServerLimits()
        limits.idle = .seconds(2)
        let server = try NameServer(port: 0, limits: limits)
        for beginning in [[], [0], [0, 20, 1]] as [[UInt8]] {
            try await RawConnection.use(to: "127.0.0.1", port: server.port) { connection in
                try await connection.write(beginning)
                #expect(try await connection.readToEnd() == "")
            }
        }
    }

    @Test func `where there is no room the connection that is quiet for longest makes it`() async throws {
        var limits = NameServerLimits()
        limits.connections = 2
        limits.idle = .seconds(600)
        let server = try NameServer(port: 0, limits: limits)
        server.serve(.small)
        try await RawConnection.use(to: "127.0.0.1", port: server.port) { quiet in
            try await quiet.write([0])
            try await RawConnection.use(to: "127.0.0.1", port: server.port) { second in
                try await second.write(Self.framed(Question().bytes))
                #expect(try await Self.answer(on: second).answers.count == 2)
                try await RawConnection.use(to: "127.0.0.1", port: server.port) { third in
                    try await third.write(Self.framed(Question().bytes))
                    #expect(try await Self.answer(on: third).answers.count == 2)
                    #expect(try await quiet.readToEnd() == "")
                    try await second.write(Self.framed(Question().bytes))
                    #expect(try await Self.answer(on: second).answers.count == 2)
                }
            }
        }
    }

    @Test func `who does not read what he asks for takes little, and others are answered`() async throws {
        var limits = NameServerLimits()
        // The others may take long.
        limits.idle = .seconds(600)
        let server = try NameServer(port: 0, limits: limits)
        server.serve(.large(4_000))
        try await RawConnection.use(to: "127.0.0.1", port: server.port) { greedy in
            let questions = (0..<200 as Range<UInt16>).flatMap { Self.framed(Question(id: $0).bytes) }
            // 64 KB each: much more than fits between two sockets.
            try await greedy.write(questions)
            for _ in 0..<20 {
                try await RawConnection.use(to: "127.0.0.1", port: server.port) { other in
                    try await other.write(Self.framed(Question().bytes))
                    #expect(try await Self.answer(on: other).answers.count == 4_000)
                }
            }
            for id in 0..<200 as Range<UInt16> { #expect(try await Self.answer(on: greedy).id == id) }
        }
    }

    private static func framed(_ message: [UInt8]) -> [UInt8] { Question.bytes(UInt16(message.count)) + message }

    private static func answer(on connection: RawConnection) async throws -> ParsedMessage {
        let length = try await connection.read(2)
        return try ParsedMessage(try await connection.read(Int(length[0]) << 8 | Int(length[1])))
    }
}
