import Foundation
import Synchronization
import TestSupport

/// A client that sends as many requests to one host as it can.
package struct LoadGenerator: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case newConnections = "HTTP/1.1, a connection for each request"
        case keptConnections = "HTTP/1.1, connections kept"
        case http2 = "HTTP/2 by TLS, connections kept"
    }

    /// The IP address that the host is asked for at.
    private let address: String
    private let host: String
    /// What it is asked for, in turn.
    private let paths: [String]
    private let httpPort: Int
    private let httpsPort: Int
    /// How many requests are under way at once.
    private let connections: Int

    package init(
        to host: String,
        paths: [String] = ["/"],
        at address: String,
        httpPort: Int,
        httpsPort: Int,
        connections: Int = 16
    ) {
        self.address = address
        self.host = host
        self.paths = paths
        self.httpPort = httpPort
        self.httpsPort = httpsPort
        self.connections = connections
    }

    /// Whether enough requests have been sent.
    private final class End: Sendable {
        let hasCome = Atomic(false)
    }

    /// Sends requests while `body` runs, in runs of three seconds.
    package func run(_ kind: Kind, while body: () async throws -> Void) async throws -> LoadReport {
        let end = End()
        return try await withThrowingTaskGroup(of: LoadReport.self) { group in
            group.addTask {
                var sum = LoadReport()
                repeat { sum += try await run(kind, seconds: 3) } while !end.hasCome.load(ordering: .relaxed)
                return sum
            }
            try await body()
            end.hasCome.store(true, ordering: .relaxed)
            return try await group.next() ?? LoadReport()
        }
    }

    private func run(_ kind: Kind, seconds: Int) async throws -> LoadReport {
        try await TemporaryFolder.use { folder in
            let script = folder.appending(path: "paths.lua")
            try Data(self.script.utf8).write(to: script)
            return try await run(kind, seconds: seconds, script: script.path(percentEncoded: false))
        }
    }

    /// Has `wrk` ask for one path after the other.
    private var script: String {
        """
        local paths = {\(paths.map { "\"\($0)\"" }.joined(separator: ", "))}
        local number = 0
        request = function()
            number = number % #paths + 1
            return wrk.format("GET", paths[number])
        end

        """
    }

    private func run(_ kind: Kind, seconds: Int, script: String) async throws -> LoadReport {
        let outcome: Tool.Outcome
        let report: LoadReport?
        switch kind {
        case .newConnections, .keptConnections:
            // A busy machine may be slow; only what is lost counts.
            var arguments = [
                "-t", "1", "-c", "\(connections)", "-d", "\(seconds)s", "--timeout", "30s", "-H", "Host: \(host)",
            ]
            if kind == .newConnections { arguments += ["-H", "Connection: close"] }
            if paths.count > 1 { arguments += ["-s", script] }
            outcome = try await Tool("wrk").run(arguments + ["http://\(address):\(httpPort)\(paths[0])"])
            report = LoadReport(wrk: outcome.text)
        case .http2:
            outcome = try await Tool("h2load").run(
                [
                    "-c", "4", "-m", "\(max(1, connections / 4))", "-D", "\(seconds)", "--connect-to",
                    "\(address):\(httpsPort)",
                ] + paths.map { "https://\(host):\(httpsPort)\($0)" }
            )
            report = LoadReport(h2load: outcome.text)
        }
        guard outcome.succeeded, let report else { throw Tool.Failure(description: outcome.text + outcome.errors) }
        return report
    }
}
