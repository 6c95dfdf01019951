import ControlPlaneTestSupport
import ControllerTestSupport
import CurlTestSupport
import EchoBackend
import Foundation
import TestSupport
import Testing

/// A controller whose hosts `a.example` and `b.example` lead to a backend that says what reached it.
struct RequestSite {
    private let site: ControllerSite

    static func use(_ body: (RequestSite) async throws -> Void) async throws {
        try await ControllerSite.use { site in
            let backend = try EchoBackend(name: "web", host: try EndpointAddress.unique().description)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await backend.run() }
                let address = try await backend.address
                let manifest = HostManifest.serving(
                    ["a.example", "b.example"],
                    address: address.host,
                    port: address.port
                )
                try site.write(manifest, to: "web.yaml")
                _ = try await site.run { _ in
                    try await site.awaitAnswer("200", of: "a.example")
                    try await body(RequestSite(site: site))
                }
                group.cancelAll()
            }
        }
    }

    /// Sends a request line and headers as they are; returns what the backend saw, `nil` where nginx itself answers.
    func echo(_ lines: String...) async throws -> EchoedRequest? {
        let head = (lines + ["Accept: application/json", "", ""]).joined(separator: "\r\n")
        return try await RawConnection.use(to: "127.0.0.1", port: site.httpPort) { connection in
            try await connection.write(Array(head.utf8))
            let answer = try CurlResponseHead(try await connection.readHead())
            let length = answer.headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) }
            guard answer.status == 200 || answer.status == 101, let length else { return nil }
            let body = try await connection.read(length)
            return try JSONDecoder().decode(EchoedRequest.self, from: Data(body))
        }
    }
}
