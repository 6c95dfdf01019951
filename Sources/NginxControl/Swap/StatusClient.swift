import Curl

/// Asks the nginx that serves which generation it serves.
package struct StatusClient: ~Copyable {
    private let handle: CurlHandle
    private let socket: String

    package init(socket: String) throws {
        handle = try CurlHandle()
        self.socket = socket
    }

    /// The id of the generation; `nil` where nobody answers, or answers something else.
    ///
    /// Each answer comes over a connection of its own, which any worker that listens may have taken.
    package func generation() -> String? {
        guard let id = answer("/generation"), id.utf8.count == 32, id.allSatisfy(\.isHexDigit) else { return nil }
        return id
    }

    /// What `stub_status` tells of nginx's connections; `nil` where nobody answers.
    package func connections() -> String? { answer("/connections") }

    private func answer(_ target: String) -> String? {
        let request = CurlRequest(
            url: "http://status/",
            target: target,
            host: "status",
            sharesConnections: false,
            timeout: .seconds(1)
        )
        guard let response = try? handle.send(request, to: socket), response.status == 200 else { return nil }
        return response.body
    }
}
