import Foundation
import TestSupport

/// A request whose every byte is as written, which no client program sends.
struct RawRequest {
    var method = "GET"
    var host: String
    var target: String

    struct Answer {
        var status: Int
        var location: String?
        var body: String
    }

    func send(to address: String, port: UInt16) async throws -> Answer {
        try await RawConnection.use(to: address, port: port) { connection in
            let headers = host.isEmpty ? "" : "Host: \(host)\r\n"
            // A request without a host is one of HTTP/1.0.
            let version = host.isEmpty ? "1.0" : "1.1"
            try await connection.write(Array("\(method) \(target) HTTP/\(version)\r\n\(headers)\r\n".utf8))
            let head = try await connection.readHead()
            let fields = head.split(separator: "\r\n").dropFirst().map { $0.split(separator: ": ", maxSplits: 1) }
            func header(_ name: String) -> String? {
                fields.first { $0.first?.lowercased() == name }?.last.map(String.init)
            }
            let length = header("content-length").flatMap { Int($0) } ?? 0
            return Answer(
                status: Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0,
                location: header("location"),
                body: String(decoding: try await connection.read(length), as: UTF8.self)
            )
        }
    }
}
