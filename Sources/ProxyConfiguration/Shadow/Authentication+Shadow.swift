package import NginxSyntax

extension Authentication {
    /// The authentication as a shadow has it: its echo is asked in place of the service, and lets every probe pass.
    var shadowForm: Authentication {
        var shadow = self
        if let name = service.shadowName { shadow.service = .upstream(name) }
        // The echo speaks no TLS, and each probe is to show that it is asked about.
        shadow.usesTLS = false
        shadow.cache = nil
        return shadow
    }
}

extension Authentication.Service {
    /// The upstream that is asked in a shadow; `nil` where nobody is.
    package var shadowName: Identifier? { if case .upstream(let name) = self { name } else { standIn } }

    /// The upstream that stands in a shadow for a service that is none.
    var standIn: Identifier? {
        switch self {
        case .upstream, .unavailable: nil
        case .address(let address):
            Identifier("asked_" + String(address.description.map { $0.isLetter || $0.isNumber ? $0 : "-" }))
        case .name(let host, let port): Identifier("external_\(host)_\(port)")
        case .requestHost(let port): Identifier("asked_host_\(port)")
        }
    }
}
