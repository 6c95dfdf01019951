import CurlTestSupport
import EchoBackend
import Foundation
import NginxTestSupport
import TestSupport

/// A hand-written nginx in front of two backends: one behind http, one behind https.
struct ProxyExample {
    let address: String
    let nginx: LiveNginx
    let curl: CurlClient
    let folder: URL
    let certificate: URL

    static func run<Result: Sendable>(_ body: (ProxyExample) async throws -> Result) async throws -> Result {
        let address = try LoopbackAddress.unique().description
        return try await TemporaryFolder.use { folder in
            let pair = try await CertificateFiles(
                named: "shop",
                for: ["shop.example", "*.shop.example"],
                in: folder
            )
            return try await EchoBackend.run(named: ["plain", "secure"]) { backends in
                try write(configuration(at: address, backends), to: folder)
                return try await LiveNginx.run(in: folder) { nginx in
                    let curl = CurlClient(address: address, httpPort: 8080, httpsPort: 8443)
                    return try await body(
                        ProxyExample(
                            address: address,
                            nginx: nginx,
                            curl: curl,
                            folder: folder,
                            certificate: pair.certificate
                        )
                    )
                }
            }
        }
    }

    static func write(_ configuration: String, to folder: URL) throws {
        try Data(configuration.utf8).write(to: folder.appending(path: "nginx.conf"))
    }

    static func configuration(at address: String, _ backends: [String: EchoBackend.Address]) -> String {
        """
        events {}
        http {
            access_log off;
            client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi; scgi_temp_path scgi;
            upstream plain { server \(backends["plain"]?.description ?? ""); }
            upstream secure { server \(backends["secure"]?.description ?? ""); }
            map $http_upgrade $connection_upgrade { default upgrade; "" close; }
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            server {
                listen \(address):8080;
                location / { proxy_pass http://plain; }
                location = /gone { add_header X-Reason a; add_header X-Reason b; return 302 /elsewhere; }
            }
            server {
                listen \(address):8443 ssl http2;
                server_name shop.example;
                ssl_certificate shop.crt;
                ssl_certificate_key shop.key;
                location / { proxy_set_header Host $host; proxy_pass http://secure; add_header X-SNI $ssl_server_name; }
            }
        }

        """
    }
}
