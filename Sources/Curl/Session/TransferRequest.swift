package import Diagnostics

/// One HTTP request of a session, with all that the connection under it must be.
package struct TransferRequest: Sendable, Hashable {
    package var url: String
    package var method: String
    package var headers: [Header]
    package var body: [UInt8]?
    package var security: TransportSecurity
    package var proxy: Proxy?
    package var limits: Limits

    package init(
        url: String,
        method: String = "GET",
        headers: [Header] = [],
        body: [UInt8]? = nil,
        security: TransportSecurity = TransportSecurity(),
        proxy: Proxy? = nil,
        limits: Limits = Limits()
    ) {
        self.url = url
        self.method = method
        self.headers = headers
        self.body = body
        self.security = security
        self.proxy = proxy
        self.limits = limits
    }

    /// A header, whose value may be a credential and so does not print.
    package struct Header: Sendable, Hashable {
        package var name: String
        package var value: SecretBytes

        package init(_ name: String, _ value: SecretBytes) {
            self.name = name
            self.value = value
        }

        package init(_ name: String, _ value: String) {
            self.init(name, SecretBytes(Array(value.utf8)))
        }
    }

    package struct Proxy: Sendable, Hashable {
        /// Such as `http://proxy.example:3128` or `socks5://127.0.0.1:1080`.
        package var url: String
        /// Hosts, domains and networks that are reached without it, separated by commas, as `NO_PROXY` has them.
        package var exceptions: String

        package init(url: String, exceptions: String = "") {
            self.url = url
            self.exceptions = exceptions
        }
    }

    /// How long things may take.
    package struct Limits: Sendable, Hashable {
        package var connect: Duration
        /// From the start to the end of the answer.
        package var total: Duration
        /// Between one part of the answer and the next; `nil` means as long as the whole may take.
        package var idle: Duration?

        package init(connect: Duration = .seconds(10), total: Duration = .seconds(30), idle: Duration? = nil) {
            self.connect = connect
            self.total = total
            self.idle = idle
        }
    }
}
