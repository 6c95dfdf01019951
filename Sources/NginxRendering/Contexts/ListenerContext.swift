import ProxyConfiguration
import Template

/// The fields that `listener` in `server.tmpl` can name.
struct ListenerContext: TemplateContext {
    static let name = "Listener"

    var listener: Listener
    var usesHTTP2: Bool
    /// Whether HTTP/3 is spoken at the UDP port of the same number.
    var speaksHTTP3: Bool

    init(_ listener: Listener, usesHTTP2: Bool, speaksHTTP3: Bool) {
        self.listener = listener
        self.usesHTTP2 = listener.scheme == .https && usesHTTP2
        self.speaksHTTP3 = listener.scheme == .https && speaksHTTP3
    }

    static let fields: [TemplateField<Self>] = [
        .argument("address") { $0.listener.address },
        .flag("readsProxyLine") { $0.listener.readsProxyLine },
        .flag("isSecure") { $0.listener.scheme == .https },
        .flag("usesHTTP2") { $0.usesHTTP2 },
        .flag("speaksHTTP3") { $0.speaksHTTP3 },
    ]
}
