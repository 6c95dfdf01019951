import Curl

/// Asks the nginx that serves which generation it serves.
package struct StatusClient: Sendable {
    private let socket: String

    package init(socket: String) {
        self.socket = socket
    }

    /// The id of the generation; `nil` where nobody answers, or answers something else.
    ///
    /// Each answer comes over a connection of its own, which any worker that listens may have taken.
    package func generation() -> String? {
        guard let id = answer("/generation"), id.utf8.count == 32, id.allSatisfy(\.isHexDigit) else { return nil }
        return id
    }

    /// The connections of nginx, as `stub_status` counts them; `nil` where nobody answers.
    package func connections() -> String? { answer("/connections") }

    /// The body of an answer with status 200.
    ///
    /// The question is put dozens of times for each reload, so that no more is made of the answer than is asked for.
    private func answer(_ target: String) -> String? {
        let question = Array("GET \(target) HTTP/1.0\r\nHost: status\r\n\r\n".utf8)
        guard var connection = UnixConnection(to: socket), connection.send(question) else { return nil }
        let deadline = ContinuousClock.now + .seconds(1)
        var answer: [UInt8] = []
        while let count = connection.receive(&answer, until: deadline), answer.count <= Self.longestAnswer {
            guard count == 0 else { continue }
            guard let head = ResponseHead(answer), head.status == 200 else { return nil }
            return String(decoding: answer[head.end...], as: UTF8.self)
        }
        return nil
    }

    private static let longestAnswer = 1 << 16
}
