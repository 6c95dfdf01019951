import NginxSyntax
import ProxyConfiguration

/// Whether connections of TLS can be passed on as they are.
enum PassthroughSupport: Sendable, Hashable {
    case possible(TLSPassthrough.Sockets)
    /// Nobody asks for it.
    case isOff
    /// nginx lacks a module; `isOfStream` where that is the one for TCP.
    case lacksModule(String, isOfStream: Bool)

    init(_ settings: TranslationSettings, _ selection: ClassSelection) {
        guard let sockets = settings.passthrough else {
            self = .isOff
            return
        }
        if let capabilities = settings.capabilities {
            guard capabilities.servesStreams else {
                self = .lacksModule("stream", isOfStream: true)
                return
            }
            let readsLines = selection.listeners(beside: settings.listeners).contains(where: \.readsProxyLine)
            let modules =
                ["stream_ssl_preread_module", "http_realip_module"] + (readsLines ? ["stream_realip_module"] : [])
            if let missing = modules.first(where: { !capabilities.hasModule($0) }) {
                self = .lacksModule(missing, isOfStream: false)
                return
            }
        }
        self = .possible(sockets)
    }

    /// `nil` where nothing can be passed on.
    var sockets: TLSPassthrough.Sockets? { if case .possible(let sockets) = self { sockets } else { nil } }
}
