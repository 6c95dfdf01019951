import Foundation
import TestSupport

/// A way to ask for a page again and again.
enum DataPlaneRequest: String, CaseIterable {
    case kept = "HTTP/1.1, connection kept"
    case new = "HTTP/1.1, a connection for each request"
    case keptTLS = "HTTPS by HTTP/1.1, connection kept"
    case http2 = "HTTPS by HTTP/2, connection kept"
    case newTLS = "HTTPS, a connection for each request"
    case resumedTLS = "HTTPS, the same with sessions resumed"

    /// Two numbers of requests that are compared, so that what is done once cancels out.
    var counts: (few: Int, many: Int) {
        switch self {
        case .kept, .keptTLS, .http2: (50, 350)
        case .new: (20, 120)
        case .newTLS, .resumedTLS: (5, 25)
        }
    }

    /// Sends requests one after the other; throws unless all succeed.
    func send(_ count: Int, to host: String, _ ports: DataPlaneSite.Ports) async throws {
        switch self {
        case .kept: try await load(["--h1", "-n", "\(count)", "-c", "1", "-m", "1"], "http", host, ports.http, count)
        case .new:
            // h2load opens all connections at once, more than are kept to a backend.
            let request = LoopbackRequest(port: ports.http, host: host)
            for _ in 0..<count where !(request.send()?.contains(" 200 OK") ?? false) {
                throw BenchmarkError.failed("a request failed")
            }
        case .keptTLS:
            try await load(["--h1", "-n", "\(count)", "-c", "1", "-m", "1"], "https", host, ports.https, count)
        case .http2: try await load(["-n", "\(count)", "-c", "1", "-m", "1"], "https", host, ports.https, count)
        case .newTLS: try await load(["--h1", "-n", "\(count)", "-c", "\(count)"], "https", host, ports.https, count)
        case .resumedTLS:
            try await TemporaryFolder.use { folder in
                let session = folder.appending(path: "session").path
                try await connect(to: host, ports.https, ["-sess_out", session], isResumed: false)
                for _ in 0..<count { try await connect(to: host, ports.https, ["-sess_in", session], isResumed: true) }
            }
        }
    }

    private func load(_ options: [String], _ scheme: String, _ host: String, _ port: UInt16, _ count: Int) async throws
    {
        let outcome = try await Tool("h2load").run(
            options + ["--connect-to", "127.0.0.1:\(port)", "\(scheme)://\(host)/"]
        )
        guard outcome.succeeded, outcome.text.contains("\(count) succeeded"), outcome.text.contains("\(count) 2xx")
        else {
            throw Tool.Failure(description: outcome.text + outcome.errors)
        }
    }

    private func connect(to host: String, _ port: UInt16, _ options: [String], isResumed: Bool) async throws {
        let outcome = try await Tool("openssl").run(
            ["s_client", "-connect", "127.0.0.1:\(port)", "-servername", host, "-tls1_2", "-ign_eof"] + options,
            input: "GET / HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n"
        )
        guard outcome.text.contains(" 200 OK"), outcome.text.contains("Reused, TLSv1.2") == isResumed else {
            throw Tool.Failure(description: outcome.text + outcome.errors)
        }
    }
}
