package import Diagnostics

/// Why it is not known how to reach an API server.
package struct ConfigurationError: Error, Hashable, CustomStringConvertible {
    package var message: String
    /// The field's path in a kubeconfig, such as `users[0].user.client-certificate`.
    package var field: String?
    package var position: SourcePosition?

    package init(_ message: String, field: String? = nil, position: SourcePosition? = nil) {
        self.message = message
        self.field = field
        self.position = position
    }

    /// `kubeconfig.yaml:7:5: users[0].user.client-certificate: …`.
    package var description: String {
        [position?.description, field, message].compactMap(\.self).joined(separator: ": ")
    }
}
