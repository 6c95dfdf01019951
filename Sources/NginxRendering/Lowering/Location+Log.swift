import NginxSyntax
import ProxyConfiguration

extension Location {
    /// What the access log calls the backend, as the map in `nginx.tmpl` finds it for a request that reaches one.
    var loggedBackend: Identifier? {
        if let backendName { return backendName }
        guard case .proxy(let proxying) = action, case .upstream(let name) = proxying.backends.primary else {
            return nil
        }
        return name.withoutHash
    }
}

extension Identifier {
    /// `shop-web-80` of the upstream `9x2kq7_shop_web_80`.
    fileprivate var withoutHash: Identifier? {
        let parts = value.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        return Identifier(parts.dropFirst().joined(separator: "-"))
    }
}
