package import NginxSyntax

/// A copy of each request that is passed on, for somebody whose answer does not matter.
package struct RequestMirror: Sendable, Hashable {
    package var receiver: Receiver
    /// Whether it is sent over TLS; the receiver's certificate is not checked.
    package var usesTLS: Bool
    /// The host that the receiver is told, and that it is asked for over TLS.
    package var host: Expression
    /// The path and the query that the receiver is sent.
    package var target: Expression
    /// Whether the bodies of requests are copied, for which nginx reads each whole before it passes the request on.
    package var copiesBody: Bool

    package enum Receiver: Sendable, Hashable {
        case upstream(Identifier)
        case address(SocketAddress)
        /// A name that is resolved while serving.
        case name(HostName, PortNumber)
    }

    package init(to receiver: Receiver, usesTLS: Bool, host: Expression, target: Expression, copiesBody: Bool = true) {
        self.receiver = receiver
        self.usesTLS = usesTLS
        self.host = host
        self.target = target
        self.copiesBody = copiesBody
    }
}
