import Curl
import Foundation

/// The control API of an nginx, which its master serves at a Unix socket (`nginx -l`, from 1.31.5 on).
///
/// The master answers between two reloads, not during one: every question has a time after which it is no longer waited
/// for.
struct NginxControlAPI: Sendable, Hashable {
    let socket: String

    /// A process that the master has started, as it lists them.
    struct Process: Sendable, Hashable, Decodable {
        let name: String
        let pid: Int32
        /// Whether the master has told it to finish its requests and end.
        let exiting: Bool

        var isWorker: Bool { name == "worker process" }
    }

    /// The processes of nginx but the master itself; `nil` where it does not answer, or answers something else.
    func processes(within time: Duration = .seconds(2)) -> [Process]? {
        guard let answer = answer("GET", "/1/control/processes", within: time), answer.status == 200 else { return nil }
        return try? JSONDecoder().decode([Process].self, from: Data(answer.text.utf8))
    }

    /// Whether the configuration that nginx has read last is that of a generation; `nil` where it does not answer.
    ///
    /// The answer holds all of the configuration.
    func hasRead(_ generation: String, within time: Duration = .seconds(2)) -> Bool? {
        guard let answer = answer("GET", "/1/control/config", within: time, limit: 1 << 28), answer.status == 200 else {
            return nil
        }
        return answer.body.firstRange(of: Array("return 200 \(generation)".utf8)) != nil
    }

    /// Has nginx read its files anew; `nil` where nobody listens.
    func reload() -> ControlReload? {
        guard let exchange = ControlExchange("PATCH", "/1/control/config", at: socket, limit: 1 << 22) else {
            return nil
        }
        return ControlReload(exchange)
    }

    private func answer(_ method: String, _ target: String, within time: Duration, limit: Int = 1 << 20)
        -> ControlAnswer?
    {
        guard var exchange = ControlExchange(method, target, at: socket, limit: limit) else { return nil }
        if case .whole(let answer) = exchange.wait(until: .now + time) { return answer }
        return nil
    }
}

/// A reload that nginx was asked for by its control API, whose answer takes as long as nginx reads its files.
struct ControlReload: ~Copyable {
    private var exchange: ControlExchange

    fileprivate init(_ exchange: consuming ControlExchange) {
        self.exchange = exchange
    }

    /// The master's answer; that it has read its files comes before it has started the workers that serve by them.
    enum Answer: Sendable, Hashable {
        case read
        /// nginx goes on with what it had. The lines are those of its log, as far as it sends them.
        case refused(log: String)
        /// No answer of a control API.
        case other(String)
    }

    /// Takes what has come of the answer; `nil` as long as that is not all.
    mutating func answer() -> Answer? {
        switch exchange.wait(until: .now) {
        case .pending: nil
        case .broken: .other("it closes the connection before it has answered")
        case .tooLong: .other("its answer is too long")
        case .whole(let answer): Answer(answer)
        }
    }
}

extension ControlReload.Answer {
    private struct Log: Decodable { let logs: [String] }

    init(_ answer: ControlAnswer) {
        switch answer.status {
        case 200: self = .read
        case 422:
            let log = try? JSONDecoder().decode(Log.self, from: Data(answer.text.utf8))
            // Each is one line, whatever the text that it quotes holds.
            let lines = (log?.logs ?? []).map { line in
                String(line.split(whereSeparator: \.isNewline).joined(separator: " "))
            }
            self = .refused(log: lines.map { "\($0)\n" }.joined())
        default: self = .other("it answers a reload with status \(answer.status)")
        }
    }
}
