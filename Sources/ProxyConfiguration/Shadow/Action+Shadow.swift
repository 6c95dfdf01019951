import Incremental
package import NginxSyntax

extension Backend {
    /// The upstream that stands for the backend in a shadow.
    ///
    /// A name that is resolved while serving would leave the shadow, so that it becomes an upstream there.
    package func shadowName(speaking spoken: BackendProtocol) -> Identifier? {
        switch self {
        case .upstream(let name): name
        case .name(let host, let port):
            Identifier("external_\(spoken == .http ? "" : "\(spoken.rawValue)_")\(host)_\(port)")
        }
    }

    /// `nil` where nothing can stand for a name, which no valid host comes to.
    fileprivate func shadowForm(by transport: BackendTransport) -> Backend? {
        shadowName(speaking: transport.speaks).map(Backend.upstream)
    }
}

extension ErrorPages {
    var hasShadowForm: Bool { if case .name = backend { true } else { false } }

    /// Asks an upstream for pages in place of a name; asks nobody where nothing can stand for it.
    var shadowForm: ErrorPages? {
        guard let backend = backend.shadowForm(by: .plain) else { return nil }
        var shadow = self
        shadow.backend = backend
        return shadow
    }
}

extension Location.Action {
    var hasShadowForm: Bool {
        guard case .proxy(let proxying) = self else { return false }
        return proxying.transport.shadowForm != proxying.transport
            || proxying.backends.all.contains { if case .name = $0 { true } else { false } }
    }

    /// Passes to upstreams what goes to names; nobody answers where nothing can stand for one.
    var shadowForm: Location.Action {
        guard case .proxy(var proxying) = self else { return self }
        let transport = proxying.transport
        proxying.transport = transport.shadowForm
        guard let primary = proxying.backends.primary.shadowForm(by: transport) else { return .status(.notFound) }
        proxying.backends.primary = primary
        // Without anything to stand for its name a canary has nobody to pass requests to.
        if let canary = proxying.backends.canary {
            guard let backend = canary.backend.shadowForm(by: transport) else { return .status(.notFound) }
            proxying.backends.canary?.backend = backend
        }
        return .proxy(proxying)
    }
}
