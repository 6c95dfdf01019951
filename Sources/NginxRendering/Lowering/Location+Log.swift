import NginxSyntax
import ProxyConfiguration

extension Location {
    /// What the access log calls the backend, as the map in `nginx.tmpl` finds it for a request that reaches one.
    var loggedBackend: Identifier? {
        if let backendName { return backendName }
        switch action {
        case .proxy(.upstream(let name), _): return name.withoutHash
        case .proxy(.name, _), .redirect, .status, .stubStatus: return nil
        }
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
