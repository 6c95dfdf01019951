import Sockets
import TestSupport

/// Whoever asks by UDP.
struct NameClient {
    private let socket: DatagramSocket
    private let server: IPv4Endpoint
    private var buffer = [UInt8](repeating: 0, count: 4_096)

    /// - Parameter room: What waits to be read, in bytes; as much as nginx has where nothing is said.
    init(port: UInt16, at address: UInt32 = 0x7F00_0001, room: Int32 = 106_496) throws {
        socket = try DatagramSocket(IPv4Endpoint(0x7F00_0001, port: 0), room: room)
        server = IPv4Endpoint(address, port: port)
    }

    func send(_ message: [UInt8]) throws {
        guard socket.send(message, to: server) else { throw Tool.Failure(description: "it was not sent") }
    }

    mutating func receive() throws -> ParsedMessage? {
        guard case .datagram(let count, let sender, _) = socket.receive(into: &buffer) else { return nil }
        // nginx takes no other for an answer.
        guard sender == server else { throw Tool.Failure(description: "\(sender) has answered, not \(server)") }
        return try ParsedMessage(Array(buffer[..<count]))
    }

    mutating func ask(_ question: Question) async throws -> ParsedMessage {
        try send(question.bytes)
        var answer: ParsedMessage?
        try await eventually("an answer") {
            answer = try receive()
            return answer != nil
        }
        guard let answer else { throw Tool.Failure(description: "there was no answer") }
        return answer
    }
}
