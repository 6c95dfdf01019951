package import NginxSyntax

/// The name by which the access log tells a backend: a Service with its namespace and port, as in ingress-nginx.
package struct BackendName: Sendable, Hashable {
    /// `shop_web_80`: no name of Kubernetes has an underscore.
    private let parts: Identifier

    /// - Parameter parts: The namespace, the Service and the port with `_` between, or a name of another form.
    package init(_ parts: Identifier) { self.parts = parts }

    /// Reads the name of an upstream, `9x2kq7_shop_web_80`; `nil` where that has no such parts.
    package init?(ofUpstream name: Identifier) {
        let parts = name.value.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 4, let rest = Identifier(parts.dropFirst().joined(separator: "_")) else { return nil }
        self.parts = rest
    }

    /// As the log has it: `shop-web-80`.
    package var text: String { String(parts.value.map { $0 == "_" ? "-" : $0 }) }

    /// The port of a Service with its namespace: `shop/web:80`; `nil` in a name of another form.
    package var qualifiedService: String? {
        let parts = parts.value.split(separator: "_", omittingEmptySubsequences: false)
        return parts.count == 3 ? "\(parts[0])/\(parts[1]):\(parts[2])" : nil
    }

    /// The port of the Service that an upstream is of, as people name it: `shop/web:80`.
    package static func words(ofUpstream name: Identifier) -> String {
        BackendName(ofUpstream: name)?.qualifiedService ?? name.value
    }

    /// The Service and its port; `nil` in a name of another form.
    package var service: (name: Substring, port: Substring)? {
        let parts = parts.value.split(separator: "_", omittingEmptySubsequences: false)
        return parts.count == 3 ? (parts[1], parts[2]) : nil
    }
}
