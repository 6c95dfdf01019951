import CurlTestSupport
import Synchronization
import TestSupport

extension ControllerSite {
    /// The answer of nginx for a host, over a connection of its own: `404`, or `302 /v1` where that leads elsewhere.
    ///
    /// Throws where nobody answers.
    package func ask(_ host: String, _ path: String = "/") async throws -> String {
        let request = "GET \(path) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n"
        let head = try await RawConnection.use(to: "127.0.0.1", port: httpPort) { connection in
            try await connection.write(Array(request.utf8))
            return try CurlResponseHead(try await connection.readHead())
        }
        let location = head.headers.first { $0.name.lowercased() == "location" }?.value
        guard let location else { return "\(head.status)" }
        // The path alone: the rest is what was asked for.
        let path = location.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).last.map { rest in
            rest.drop { $0 != "/" }
        }
        return "\(head.status) \(path ?? "")"
    }

    /// Waits until nginx answers so for a host.
    package func awaitAnswer(_ answer: String, of host: String) async throws {
        var last = ""
        do {
            try await eventually("\(host) answers \(answer)") {
                do { last = try await ask(host) } catch { last = "\(error)" }
                return last == answer
            }
        } catch let error as DeadlineExceeded {
            throw DeadlineExceeded(description: "\(error); the last answer is \(last)")
        }
    }

    /// Asks for hosts again and again, over a new connection each time, while `body` runs and once more after it.
    ///
    /// Returns what was answered, or went wrong, and how often.
    package func asking(_ hosts: String..., body: () async throws -> Void) async throws -> [String: Int] {
        try await withThrowingTaskGroup(of: [String: Int].self) { group in
            let isDone = Atomic(false)
            group.addTask {
                var answers: [String: Int] = [:]
                var isLast = false
                while !isLast {
                    isLast = isDone.load(ordering: .relaxed)
                    for host in hosts {
                        let answer: String
                        do { answer = try await ask(host) } catch { answer = "\(host): \(error)" }
                        try Task.checkCancellation()
                        answers[answer, default: 0] += 1
                    }
                    try await Task.sleep(for: .milliseconds(2))
                }
                return answers
            }
            try await body()
            isDone.store(true, ordering: .relaxed)
            return try await group.next() ?? [:]
        }
    }
}
