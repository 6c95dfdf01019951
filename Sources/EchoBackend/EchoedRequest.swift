/// A request as a backend saw it.
package struct EchoedRequest: Sendable, Hashable, Codable {
    /// The name of the backend that answered.
    package var backend: String
    package var method: String
    /// The request target exactly as it came, but for a `?` with nothing behind it.
    package var uri: String
    /// Such as `HTTP/1.1`.
    package var version: String
    /// By name as it came; of a repeated header the last one.
    package var headers: [String: String]

    /// The value of a header, in whatever case its name is written.
    package func header(_ name: String) -> String? {
        headers.first { $0.key.lowercased() == name.lowercased() }?.value
    }

    /// For people to read.
    package var text: String {
        let lines = headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\n" }
        return "backend: \(backend)\n\n\(method) \(uri) \(version)\n" + lines.joined()
    }
}
