import Foundation
import TestSupport

/// Servers that are not ours, for the ports of TCP and UDP.
enum StreamPeers {
    /// Runs Redis at a port of 127.0.0.1.
    static func redis<Result: Sendable>(at port: UInt16, body: () async throws -> Result) async throws -> Result {
        let redis = try Tool("redis-server").path
        return try await run("\(redis) --bind 127.0.0.1 --port \(port) --save '' --dir /tmp", port, body)
    }

    /// Runs a name server that knows `db.example`.
    static func nameServer<Result: Sendable>(
        at address: String,
        _ port: UInt16,
        body: () async throws -> Result
    ) async throws -> Result {
        let server = try Tool("dnsmasq").path
        let options = "--keep-in-foreground --no-resolv --no-hosts --conf-file=/dev/null --pid-file --bind-interfaces"
        let place = "--listen-address=\(address) --port=\(port) --address=/db.example/192.0.2.44"
        // It listens by TCP as well, by which it is known that it is there.
        return try await run("\(server) \(options) --user=$(id -un) \(place)", at: address, port, body)
    }

    /// Runs an HAProxy that sends a line of the PROXY protocol to a place from 127.0.0.9, and answers at another port of
    /// 127.0.0.1 with the address that such a line names.
    ///
    /// - Parameter version: 1 for a line of text, 2 for one of bytes.
    static func haProxy<Result: Sendable>(
        at port: UInt16,
        to place: String,
        acceptingAt behind: UInt16,
        version: Int = 1,
        body: () async throws -> Result
    ) async throws -> Result {
        try await TemporaryFolder.use { folder in
            let file = folder.appending(path: "haproxy.cfg")
            let configuration = """
                defaults
                    timeout connect 10s
                    timeout client 30s
                    timeout server 30s
                listen front
                    mode tcp
                    bind 127.0.0.1:\(port)
                    server nginx \(place) send-proxy\(version == 2 ? "-v2" : "") source 127.0.0.9
                frontend behind
                    mode http
                    bind 127.0.0.1:\(behind) accept-proxy
                    http-request return status 200 content-type text/plain lf-string "client %[src]\\n"

                """
            try Data(configuration.utf8).write(to: file)
            return try await run("\(try Tool("haproxy").path) -db -f \(path(of: file))", port, body)
        }
    }

    /// Runs a server of TLS at a port of 127.0.0.1, whose certificate is for `backend.example`, and which answers to requests
    /// of HTTP with a page.
    static func tls<Result: Sendable>(at port: UInt16, body: () async throws -> Result) async throws -> Result {
        try await TemporaryFolder.use { folder in
            let identity = try await CertificateFiles(named: "backend.example", for: ["backend.example"], in: folder)
            let files = "-cert \(path(of: identity.certificate)) -key \(path(of: identity.key))"
            return try await run(
                "\(try Tool("openssl").path) s_server -accept 127.0.0.1:\(port) \(files) -www",
                port,
                body
            )
        }
    }

    /// Runs a program that does not look at its standard input, from when it listens.
    private static func run<Result: Sendable>(
        _ command: String,
        at address: String = "127.0.0.1",
        _ port: UInt16,
        _ body: () async throws -> Result
    ) async throws -> Result {
        let script = "\(command) </dev/null >/dev/null 2>&1 & program=$!; read -r line; kill $program; wait"
        return try await Guardian.run(script, over: "") {
            try await eventually("\(command) listens") {
                (try? await RawConnection.use(to: address, port: port) { _ in true }) ?? false
            }
            return try await body()
        }
    }
}
