package import Diagnostics
package import NginxSyntax

/// The settings of all locations of a host, whichever Ingress brings them in.
package struct ServerPolicy: Sendable, Hashable {
    /// The Strict-Transport-Security header in place of the backends' own; `nil` leaves that to them.
    package var strictTransportSecurity: StrictTransportSecurity?
    /// Where a request for `/` is sent, before anything else is looked at.
    package var appRoot: AppRoot?

    package init(strictTransportSecurity: StrictTransportSecurity? = nil, appRoot: AppRoot? = nil) {
        self.strictTransportSecurity = strictTransportSecurity
        self.appRoot = appRoot
    }
}

/// A redirect of `/` to the place where an application begins.
package struct AppRoot: Sendable, Hashable {
    /// An absolute path, which may name ``Expression/requestVariables``.
    package var path: Expression
    package var origin: ObjectReference?

    package init(path: Expression, origin: ObjectReference? = nil) {
        self.path = path
        self.origin = origin
    }
}
