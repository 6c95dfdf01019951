import Diagnostics
import Foundation
import Testing

@testable import Certificates

/// A folder of its own in which a test runs the real `openssl` and `nginx`.
struct Workbench: ~Copyable {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "certificates-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// Runs `openssl` with arguments that are separated by spaces; what it writes to both outputs is returned.
    @discardableResult
    func openssl(_ arguments: String) throws -> String {
        try run("openssl", arguments.split(separator: " ").map(String.init))
    }

    @discardableResult
    func run(_ program: String, _ arguments: [String]) throws -> String {
        let (text, isSuccess) = try outcome(of: program, arguments)
        try #require(isSuccess, "\(program) \(arguments): \(text)")
        return text
    }

    private func outcome(of program: String, _ arguments: [String]) throws -> (text: String, isSuccess: Bool) {
        let words = [program] + arguments
        let command = words.map { "'" + $0.replacing("'", with: #"'\''"#) + "'" }.joined(separator: " ")
        let stream = try #require(popen("cd '\(folder.path)' && \(command) 2>&1 </dev/null", "r"))
        let output = FileHandle(fileDescriptor: fileno(stream), closeOnDealloc: false).readDataToEndOfFile()
        let text = String(decoding: output, as: UTF8.self)
        return (text, pclose(stream) == 0)
    }

    func write(_ bytes: SecretBytes, to name: String) throws {
        try Data(bytes.bytes).write(to: folder.appending(path: name))
    }

    func write(_ text: String, to name: String) throws {
        try write(SecretBytes(Array(text.utf8)), to: name)
    }

    func read(_ name: String) throws -> SecretBytes {
        SecretBytes(Array(try Data(contentsOf: folder.appending(path: name))))
    }

    func bundle(_ certificate: String = "tls.crt", _ key: String = "tls.key") throws -> CertificateBundle {
        try CertificateBundle(certificateChain: read(certificate), privateKey: read(key))
    }

    /// Fails unless nginx loads the bundle's content as certificate and as key.
    func requireNginxLoads(_ bundle: CertificateBundle) throws {
        let (text, isLoaded) = try loadByNginx(bundle.content)
        try #require(isLoaded, "\(text)")
    }

    /// Returns what nginx says of a file that holds certificates and a key.
    func loadByNginx(_ content: SecretBytes) throws -> (text: String, isSuccess: Bool) {
        try write(content, to: "bundle.pem")
        let path = folder.path
        try write(
            """
            pid \(path)/nginx.pid;
            events {}
            http {
                access_log off;
                client_body_temp_path \(path)/body; proxy_temp_path \(path)/proxy; fastcgi_temp_path \(path)/fastcgi;
                uwsgi_temp_path \(path)/uwsgi; scgi_temp_path \(path)/scgi;
                server {
                    listen unix:\(path)/s.sock ssl;
                    ssl_certificate \(path)/bundle.pem;
                    ssl_certificate_key \(path)/bundle.pem;
                }
            }
            """,
            to: "nginx.conf"
        )
        return try outcome(of: "nginx", ["-t", "-q", "-e", "stderr", "-p", path, "-c", "\(path)/nginx.conf"])
    }
}
