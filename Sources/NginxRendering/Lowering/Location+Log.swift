import NginxSyntax
import ProxyConfiguration

extension Location {
    /// What the access log calls the backend, as the map in `nginx.tmpl` finds it for a request that reaches one.
    var loggedBackend: Identifier? {
        if let backendName { return backendName }
        guard case .proxy(let proxying) = action else { return nil }
        return proxying.backends.primary.logName
    }
}

extension Identifier {
    /// `shop-web-80` of the upstream `9x2kq7_shop_web_80`.
    var withoutHash: Identifier? {
        let parts = value.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        return Identifier(parts.dropFirst().joined(separator: "-"))
    }
}
