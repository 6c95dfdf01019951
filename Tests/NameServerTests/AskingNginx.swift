import Foundation
import NameServer
import NginxSyntax
import NginxTestSupport
import TestSupport

/// An nginx that finds the endpoints of Services by the name server, and is all of the endpoints itself.
struct AskingNginx {
    let nginx: LiveNginx
    /// Where it passes requests on, to one Service after the other.
    let address: LoopbackAddress
    static let port = 8_080
    private let folder: URL

    /// The newer nginx that `make newer` names; `nil` elsewhere.
    static let program = ProcessInfo.processInfo.environment["POSTERN_NEWER_NGINX"]

    /// - Parameter keepsConnections: Whether connections to endpoints are kept; a reload ends them at their side, for this
    ///   nginx is the endpoints too.
    static func run(
        services: Int,
        asking port: UInt16,
        keepsConnections: Bool = true,
        body: (AskingNginx) async throws -> Void
    ) async throws {
        let address = try LoopbackAddress.unique()
        let backendPort = try ClaimedPort.next()
        try await TemporaryFolder.use { folder in
            let text = configuration(services, address, backendPort, keepsConnections, askingAt: port)
            try Data(text.utf8).write(to: folder.appending(path: "nginx.conf"))
            try await LiveNginx.run(in: folder) { nginx in
                try await body(AskingNginx(nginx: nginx, address: address, folder: folder))
            }
        }
    }

    /// Those at which nginx asks for so many Services.
    static func addresses(of services: Int) -> [IPAddress] {
        (1...(services > 200 ? 64 : 1)).compactMap { IPAddress("127.0.0.\($0)") }
    }

    static func name(_ service: Int) throws -> EndpointName {
        guard let name = EndpointName("80.s\(service).\(EndpointName.zone)") else {
            throw Tool.Failure(description: "there is no name for \(service)")
        }
        return name
    }

    /// A request to an endpoint, as it was logged there.
    struct Arrival {
        /// In seconds since 1970.
        let time: Double
        let endpoint: String
    }

    var arrivals: [Arrival] {
        get throws {
            try String(contentsOf: folder.appending(path: "arrivals"), encoding: .utf8).split(separator: "\n")
                .compactMap {
                    let words = $0.split(separator: " ")
                    guard words.count == 2, let time = Double(words[0]) else { return nil }
                    return Arrival(time: time, endpoint: String(words[1]))
                }
        }
    }

    /// The status of a request, and the endpoint that answered it.
    func ask() async throws -> (status: String, endpoint: String) {
        let words = try await RawConnection.use(to: address.description, port: UInt16(Self.port)) { connection in
            try await connection.write(Array("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8))
            return try await connection.readToEnd()
        }.split(separator: "\r\n\r\n")
        guard let head = words.first, head.hasPrefix("HTTP/1.1 ") else {
            throw Tool.Failure(description: "there was no answer")
        }
        return (String(head.dropFirst(9).prefix(3)), words.count > 1 ? String(words[1]) : "")
    }

    /// How many questions nginx has given up.
    var lateAnswers: Int { errors.count { $0.contains("could not be resolved") } }

    /// How many requests it had no endpoint for.
    var emptyAnswers: Int { errors.count { $0.contains("no live upstreams") } }

    private var errors: [Substring] { nginx.standardError.split(separator: "\n") }

    func ask(until endpoint: String) async throws {
        try await eventually("\(endpoint) answers") { try await ask().endpoint == endpoint }
    }

    private static func configuration(
        _ services: Int,
        _ address: LoopbackAddress,
        _ backendPort: UInt16,
        _ keepsConnections: Bool,
        askingAt port: UInt16
    ) -> String {
        let upstreams = (0..<services).map {
            """
                upstream s\($0) {
                    zone endpoints 128m;
                    server 80.s\($0).\(EndpointName.zone):\(backendPort) resolve max_fails=0;
            \(keepsConnections ? "        keepalive 32;" : "")
                }
            """
        }
        let servers = addresses(of: services).map { "\($0):\(port)" }
        let shares = (0..<(services - 1)).map { "        \(100.0 / Double(services))% s\($0);" }
        return """
            user root;
            worker_processes 2;
            error_log stderr;
            events {}
            http {
                resolver \(servers.joined(separator: " ")) ipv6=off;
                resolver_timeout 1s;
                log_format arrival '$msec $server_addr';
            \(upstreams.joined(separator: "\n"))
                split_clients $request_id $service {
            \(shares.joined(separator: "\n"))
                    * s\(services - 1);
                }
                server {
                    listen \(address):\(Self.port);
                    access_log off;
                    location / {
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_pass http://$service;
                    }
                }
                server {
                    listen \(backendPort);
                    access_log arrivals arrival;
                    keepalive_requests 1000000;
                    return 200 $server_addr;
                }
            }

            """
    }
}
