import FlyingSocks
import Foundation

/// Connections, and what is answered to their requests.
extension FakeAPIServer {
    nonisolated func serve(_ socket: AsyncSocket) async {
        let id = await begin(socket)
        try? await serve(FakeConnection(socket: socket))
        await end(id)
    }

    private func begin(_ socket: AsyncSocket) -> Int {
        connections += 1
        open[connections] = socket
        return connections
    }

    private func end(_ id: Int) { open[id] = nil }

    private nonisolated func serve(_ connection: FakeConnection) async throws {
        while let request = try await connection.request() {
            switch await note(request) {
            case .usual: try await answer(request, on: connection)
            case .status(let code, let reason, let message, let head):
                try await connection.write(Self.status(code, reason, message), status: code, head: head)
            case .body(let text, let status): try await connection.write(text, status: status)
            case .truncated(let text):
                try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(text.utf8.count * 2)\r\n\r\n\(text)")
                return
            case .watch(let lines, let end):
                try await connection.beginWatch()
                try await connection.writeChunk(lines.map { $0 + "\n" }.joined())
                switch end {
                case .ordered: try await connection.endWatch()
                case .hangUp: return
                case .never: return await connection.waitForEnd()
                }
            case .hangUp: return
            case .silence: return await connection.waitForEnd()
            }
        }
    }

    private func note(_ request: FakeRequest) -> FakeAnswer {
        requests.append(request)
        guard let index = scripts.firstIndex(where: { !$0.answers.isEmpty && $0.matches(request) }) else {
            return .usual
        }
        return scripts[index].answers.removeFirst()
    }
}
