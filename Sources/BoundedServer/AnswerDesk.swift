import Sockets
import Synchronization

/// Where the thread that serves leaves questions whose answers are found elsewhere, and fetches the answers.
final class AnswerDesk: Sendable {
    /// Tells one connection from all others.
    typealias ConnectionNumber = UInt64

    let bell: Bell
    private let state = Mutex(State())
    /// At most one: whoever hears it takes all questions.
    private let questions: AsyncStream<Void>
    private let ask: AsyncStream<Void>.Continuation

    private struct State {
        var isClosed = false
        var questions: [ConnectionNumber: String] = [:]
        var answers: [ConnectionNumber: Answer] = [:]
    }

    init() throws(SocketError) {
        bell = try Bell()
        (questions, ask) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Ends the server.
    func close() {
        state.withLock { $0.isClosed = true }
        ask.finish()
        bell.ring()
    }

    func ask(for path: String, on connection: ConnectionNumber) {
        state.withLock { $0.questions[connection] = path }
        ask.yield()
    }

    /// Forgets a connection that has ended.
    func forget(_ connection: ConnectionNumber) {
        state.withLock { state in
            state.questions[connection] = nil
            state.answers[connection] = nil
        }
    }

    /// The answers that have been found since the last call.
    func takeAnswers() -> [ConnectionNumber: Answer] {
        state.withLock { state in
            defer { state.answers = [:] }
            return state.answers
        }
    }

    /// Finds answers until the desk is closed, each once for all who have asked for it by then.
    func findAnswers(by routes: [String: BoundedServer.Route], restingFor rest: Duration) async {
        for await _ in questions {
            let start = ContinuousClock.now
            let asked = state.withLock { state in
                defer { state.questions = [:] }
                return Dictionary(grouping: state.questions.keys) { state.questions[$0] ?? "" }
            }
            for case (let path, let connections) in asked {
                guard case .later(let find) = routes[path] else { continue }
                let answer = await find()
                state.withLock { state in for connection in connections { state.answers[connection] = answer } }
                bell.ring()
            }
            // Whoever is cancelled meanwhile finds the stream at its end.
            try? await Task.sleep(until: start + rest, clock: .continuous)
        }
    }
}
