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
    private let httpPort: Int
    private let httpsPort: Int

    package init(to host: String, at address: String, httpPort: Int, httpsPort: Int) {
        self.address = address
        self.host = host
        self.httpPort = httpPort
        self.httpsPort = httpsPort
    }

    /// Sends requests for some seconds, 16 at once.
    package func run(_ kind: Kind, seconds: Int) async throws -> LoadReport {
        let outcome: Tool.Outcome
        let report: LoadReport?
        switch kind {
        case .newConnections, .keptConnections:
            // A busy machine may be slow; only what is lost counts.
            var arguments = ["-t", "1", "-c", "16", "-d", "\(seconds)s", "--timeout", "30s", "-H", "Host: \(host)"]
            if kind == .newConnections { arguments += ["-H", "Connection: close"] }
            outcome = try await Tool("wrk").run(arguments + ["http://\(address):\(httpPort)/"])
            report = LoadReport(wrk: outcome.text)
        case .http2:
            outcome = try await Tool("h2load").run([
                "-c", "4", "-m", "4", "-D", "\(seconds)", "--connect-to", "\(address):\(httpsPort)",
                "https://\(host):\(httpsPort)/",
            ])
            report = LoadReport(h2load: outcome.text)
        }
        guard outcome.succeeded, let report else { throw Tool.Failure(description: outcome.text + outcome.errors) }
        return report
    }
}
