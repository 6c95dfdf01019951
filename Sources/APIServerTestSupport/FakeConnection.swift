import FlyingSocks
import Foundation

/// One connection of a fake API server.
struct FakeConnection: Sendable {
    let socket: AsyncSocket

    /// Waits for the next request; `nil` where the client has none any more.
    func request() async throws -> FakeRequest? {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard let byte = try? await socket.read() else { return nil }
            head.append(byte)
        }
        let text = String(decoding: head, as: UTF8.self)
        let length = text.lowercased().firstMatch(of: /content-length: *([0-9]+)/).flatMap { Int($0.1) } ?? 0
        let body = length > 0 ? try await socket.read(bytes: length) : []
        return FakeRequest(head: text, body: String(decoding: body, as: UTF8.self))
    }

    func write(_ text: String) async throws {
        try await socket.write(Data(text.utf8))
    }

    func write(_ body: String, status: Int, head: [String] = []) async throws {
        let lines = [
            "HTTP/1.1 \(status) Status", "Content-Type: application/json", "Content-Length: \(body.utf8.count)",
        ]
        try await write((lines + head).joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    func beginWatch() async throws {
        try await write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
    }

    func writeChunk(_ text: String) async throws {
        guard !text.isEmpty else { return }
        try await write("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n")
    }

    func endWatch() async throws {
        try await write("0\r\n\r\n")
    }

    /// Waits until the client hangs up.
    func waitForEnd() async {
        while (try? await socket.read()) != nil {}
    }
}
