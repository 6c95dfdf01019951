import FlyingFox
import Foundation

/// Sends back each frame of a WebSocket as it came, so that even empty and fragmented messages are echoed.
struct EchoFrames: WSHandler {
    func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame> {
        let (answers, continuation) = AsyncStream.makeStream(of: WSFrame.self)
        let echo = Task {
            defer { continuation.finish() }
            for try await frame in client {
                if let answer = Self.answer(to: frame) { continuation.yield(answer) }
                if frame.opcode == .close { return }
            }
        }
        continuation.onTermination = { _ in echo.cancel() }
        return answers
    }

    /// The same frame without its mask, since only clients mask theirs.
    private static func answer(to frame: WSFrame) -> WSFrame? {
        guard frame.opcode != .pong else { return nil }
        var answer = frame
        answer.mask = nil
        if frame.opcode == .ping { answer.opcode = .pong }
        return answer
    }
}
