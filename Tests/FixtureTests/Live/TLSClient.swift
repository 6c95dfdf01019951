import CurlTestSupport
import Foundation
import TestSupport

/// OpenSSL's own client, which tells of handshakes what curl does not.
struct TLSClient {
    private let place: String

    /// - Parameter place: An address and a port.
    init(at place: String) { self.place = place }

    init(_ live: LiveFixture) { place = "\(live.client.address):\(LivePorts.https)" }

    /// Returns what `openssl s_client` tells of a handshake with a host, or with none, and of one request behind it.
    func handshake(_ host: String?, _ options: String...) async throws -> String {
        try await handshake(host, options)
    }

    func handshake(_ host: String?, _ options: [String]) async throws -> String {
        let name = host.map { ["-servername", $0] } ?? ["-noservername"]
        let words = ["s_client", "-connect", place] + name + options
        // In TLS 1.3 a session comes after the handshake: it is waited for with the answer.
        let request = "GET / HTTP/1.1\r\nHost: \(host ?? place)\r\nConnection: close\r\n\r\n"
        return try await TemporaryFolder.use { folder in
            // In a file: a client whose handshake fails ends before it has read its input, and a pipe would break.
            let file = folder.appending(path: "request")
            try Data(request.utf8).write(to: file)
            let script = #"exec openssl "$@" <"$0""#
            let outcome = try await Tool("sh").run(["-c", script, path(of: file)] + words + ["-ign_eof"])
            return outcome.text + outcome.errors
        }
    }
}
