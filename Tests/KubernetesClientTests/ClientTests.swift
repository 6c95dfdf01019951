import Diagnostics
import FlyingFox
import FlyingSocks
import Foundation
import KubernetesClient
import KubernetesModel
import Testing

@Suite
struct `The client` {
    @Test
    func `gets, creates, replaces and changes objects`() async throws {
        let server = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: 0))
        await server.appendRoute("*") { request in
            let body = try await request.bodyData
            let text = String(decoding: body, as: UTF8.self)
            let type = request.headers[.contentType] ?? "-"
            let answer =
                #"{"method":"\#(request.method.rawValue)","path":"\#(request.path)","type":"\#(type)","length":\#(text.utf8.count)}"#
            return HTTPResponse(statusCode: .ok, body: Data(answer.utf8))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            try await server.waitUntilListening()
            guard case .ip4(_, let port) = await server.listeningAddress else { return }
            let client = APIClient(ClusterConfiguration(server: "http://127.0.0.1:\(port)"))
            let path = APIResource.leases.path(namespace: "shop", name: "postern")
            let got: Echo = try await client.get(path)
            #expect(got == Echo(method: "GET", path: path, type: "-", length: 0))
            let patched: Echo = try await client.patch(path, .merge, ["a": "b"])
            #expect(patched == Echo(method: "PATCH", path: path, type: "application/merge-patch+json", length: 9))
            group.cancelAll()
        }
    }

    private struct Echo: Decodable, Hashable {
        var method: String
        var path: String
        var type: String
        var length: Int
    }
}
