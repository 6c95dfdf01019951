import Foundation
import Testing

/// The nginx of this machine.
enum Nginx {
    /// Returns what `nginx -t` says about a configuration.
    static func test(_ configuration: String) throws -> Command.Result {
        let folder = try TemporaryFolder()
        let file = try folder.write("pid \(folder.url.path)/nginx.pid;\n\(configuration)", to: "nginx.conf")
        return try Command.run("nginx", ["-t", "-p", folder.url.path, "-e", "stderr", "-c", file.path])
    }

    /// Returns what `nginx -t` says about the body of an `http` block.
    static func test(http body: String) throws -> Command.Result {
        try test("events {}\nhttp {\naccess_log off;\n\(body)\n}")
    }

    static func run(http body: String) throws -> RunningNginx { try RunningNginx(http: body) }
}

/// An nginx in one process, which listens on the socket `nginx.sock` of a folder of its own.
final class RunningNginx {
    private let folder: TemporaryFolder
    private let process: ChildProcess

    /// Starts it with `body` inside of `http`, where `$socket` stands for the address to listen on.
    init(http body: String) throws {
        folder = try TemporaryFolder()
        let path = folder.url.path
        let temporaryPaths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map { "\($0)_temp_path \(path)/\($0);" }
            .joined(separator: "\n")
        let file = try folder.write(
            """
            daemon off; master_process off; pid \(path)/nginx.pid; error_log stderr;
            events {}
            http {
            \(temporaryPaths)
            access_log off;
            \(body.replacing("$socket", with: "unix:\(path)/nginx.sock"))
            }
            """,
            to: "nginx.conf"
        )
        let log = folder.url.appendingPathComponent("output")
        process = try ChildProcess("nginx", ["-p", path, "-e", "stderr", "-c", file.path], output: log)
        let deadline = Date.now.addingTimeInterval(20)
        while (try? get("/")) == nil {
            let said = String(decoding: try Data(contentsOf: log), as: UTF8.self)
            guard !said.contains("[emerg]"), Date.now < deadline else {
                process.end()
                throw NginxDidNotStart(log: said)
            }
            usleep(20_000)
        }
    }

    deinit { process.end() }

    /// Asks for a path as it stands, with header lines as they stand.
    func get(_ path: String, host: String = "localhost", headers: [String] = []) throws -> HTTPResponse {
        let head = ["GET \(path) HTTP/1.1", "Host: \(host)", "Connection: close"] + headers
        let socket = try UnixSocket(path: folder.url.appendingPathComponent("nginx.sock").path)
        return try HTTPResponse(socket.exchange(Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8)))
    }
}

struct NginxDidNotStart: Error {
    let log: String
}
