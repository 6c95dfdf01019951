import Foundation
import NginxTestSupport
import TestSupport

/// An nginx as a backend, which tells what no echo knows: of its connections, and of handshakes.
enum StockBackend {
    /// Runs it while `body` runs.
    ///
    /// - Parameters:
    ///   - place: Where it listens, in words of `listen`.
    ///   - text: The body of each answer, which may name nginx's variables.
    ///   - headers: The headers of each answer, in words of `add_header`.
    static func run(
        at place: String,
        answering text: String,
        as status: Int = 200,
        with headers: [String] = [],
        certificate: CertificateFiles? = nil,
        body: () async throws -> Void
    ) async throws {
        try await TemporaryFolder.use { folder in
            let identity =
                certificate.map { files in
                    "ssl_certificate \(path(of: files.certificate)); ssl_certificate_key \(path(of: files.key));"
                } ?? ""
            let folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map {
                "\($0)_temp_path \(path(of: folder.appending(path: $0)));"
            }
            let configuration = """
                error_log \(path(of: folder.appending(path: "error.log")));
                events {}
                http {
                    access_log off;
                    \(folders.joined(separator: " "))
                    server {
                        listen \(place);
                        \(identity)
                        \(headers.map { "add_header \($0) always;" }.joined(separator: " "))
                        return \(status) "\(text)";
                    }
                }

                """
            try Data(configuration.utf8).write(to: folder.appending(path: "nginx.conf"))
            try await LiveNginx.run(in: folder) { _ in try await body() }
        }
    }
}
