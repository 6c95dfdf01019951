import EchoBackend
import Foundation
import NginxSyntax
import NginxTestSupport
import ProxyConfiguration
import TestSupport
import Testing

/// An nginx that speaks TLS and HTTP/2, and servers of FastCGI, in front of echo backends, which speak none of these.
///
/// It passes on what it is asked as it came.
enum ProtocolFront {
    /// Runs it for the upstreams that something else than plain HTTP is spoken with, whose addresses `body` gets.
    ///
    /// A fixture may have the certificate that is presented, with its key, as `backend.pem`; that of an authority, by which it
    /// checks the certificates of its clients, as `root.pem`.
    ///
    /// - Parameter choice: What a backend speaks that may be spoken with either way.
    static func run(
        for upstreams: [Upstream],
        of fixture: Fixture,
        backends: [String: EchoBackend.Address],
        insteadOfEither choice: BackendProtocol,
        body: ([Identifier: SocketAddress]) async throws -> Void
    ) async throws {
        func spoken(_ upstream: Upstream) -> BackendProtocol {
            let spoken = upstream.policy.transport.speaks
            return spoken == .automatic ? choice : spoken
        }
        let fronted = upstreams.filter { spoken($0) != .http }
        guard !fronted.isEmpty else { return try await body([:]) }
        let address = try LoopbackAddress.unique().description
        var servers: [String] = []
        var places: [Identifier: SocketAddress] = [:]
        var peers: [FastCGIPeers.Pair] = []
        for (index, upstream) in fronted.enumerated() {
            let backend = try #require(backends[upstream.backendName])
            let port = 8_500 + index
            if spoken(upstream) == .fastCGI {
                peers.append((address, UInt16(port), "\(backend)"))
            } else {
                servers.append(server(spoken(upstream), "\(address):\(port)", to: backend))
            }
            places[upstream.name] = .internet(try #require(IPAddress(address)), try #require(PortNumber(port)))
        }
        try await TemporaryFolder.use { folder in
            let identity = try await identity(of: fixture, in: folder)
            let text = """
                error_log \(path(of: folder.appending(path: "error.log")));
                events {}
                http {
                    access_log off;
                \(identity)    add_header X-Front-Name $ssl_server_name;
                    client_max_body_size 0;
                    proxy_http_version 1.1;
                    proxy_set_header Host $http_host;
                    proxy_set_header Connection "";
                \(temporaryFolders(folder))\(servers.joined())}

                """
            try Data(text.utf8).write(to: folder.appending(path: "nginx.conf"))
            let allPlaces = places
            try await FastCGIPeers.run(peers) {
                try await LiveNginx.run(in: folder) { _ in try await body(allPlaces) }
            }
        }
    }

    private static func identity(of fixture: Fixture, in folder: URL) async throws -> String {
        let (own, root) = ("backend.pem", "root.pem")
        let names = Set((try? FileManager.default.contentsOfDirectory(atPath: path(of: fixture.folder))) ?? [])
        guard names.isSuperset(of: [own, root]) else {
            let certificate = try await CertificateFiles(named: "front", for: ["front.example"], in: folder)
            return """
                    ssl_certificate \(path(of: certificate.certificate));
                    ssl_certificate_key \(path(of: certificate.key));

                """
        }
        let identity = path(of: fixture.folder.appending(path: own))
        return """
                ssl_certificate \(identity);
                ssl_certificate_key \(identity);
                ssl_client_certificate \(path(of: fixture.folder.appending(path: root)));
                ssl_verify_client on;

            """
    }

    private static func temporaryFolders(_ folder: URL) -> String {
        ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { name in
            "    \(name)_temp_path \(path(of: folder.appending(path: name)));\n"
        }.joined()
    }

    private static func server(_ spoken: BackendProtocol, _ place: String, to backend: EchoBackend.Address) -> String {
        let words = (spoken.usesTLS ? " ssl" : "") + (spoken.isGRPC ? " http2" : "")
        return """
                server {
                    listen \(place)\(words);
                    location / {
                        proxy_pass http://\(backend);
                    }
                }

            """
    }
}
