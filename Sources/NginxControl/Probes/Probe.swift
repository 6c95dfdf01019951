package import ProxyConfiguration

/// A request at an edge of a configuration.
package struct Probe: Sendable, Hashable {
    package var request: Request
    /// The host that a TLS client asks a certificate for, which always is a valid name.
    package var serverName: String
    /// Whether the probe is at a boundary itself, and no mere variation of one that is.
    package var isEssential: Bool

    /// `GET https://shop.example/a`.
    package var line: String {
        "\(request.method) \(request.scheme.rawValue)://\(request.host)\(request.target)"
    }

    /// The same with the headers that decide.
    var description: String {
        let headers = request.headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        return headers.isEmpty ? line : "\(line) with \(headers.joined(separator: ", "))"
    }
}
