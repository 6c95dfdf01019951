import CurlTestSupport
import TestSupport

/// OpenSSL's own client, which tells of handshakes what curl does not.
struct TLSClient {
    private let place: String

    init(_ live: LiveFixture) { place = "\(live.client.address):\(LivePorts.https)" }

    /// Returns what `openssl s_client` tells of a handshake with a host, or with none, and of one request behind it.
    func handshake(_ host: String?, _ options: String...) async throws -> String {
        let name = host.map { ["-servername", $0] } ?? ["-noservername"]
        let words = ["s_client", "-connect", place] + name + options
        // In TLS 1.3 a session comes after the handshake: it is waited for with the answer.
        let request = "GET / HTTP/1.1\r\nHost: \(host ?? place)\r\nConnection: close\r\n\r\n"
        let outcome = try await Tool("openssl").run(words + ["-ign_eof"], input: request)
        return outcome.text + outcome.errors
    }
}
