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
        let request = CurlRequest(
            url: "http://status/",
            target: "/generation",
            host: "status",
            sharesConnections: false,
            timeout: .seconds(1)
        )
        guard let response = try? handle.send(request, to: socket), response.status == 200 else { return nil }
        let isID = response.body.utf8.count == 32 && response.body.allSatisfy(\.isHexDigit)
        return isID ? response.body : nil
    }
}
