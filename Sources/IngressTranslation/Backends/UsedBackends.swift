import NginxSyntax
import ProxyConfiguration

/// What locations pass requests to.
struct UsedBackends {
    var upstreams: Set<Identifier> = []
    var needResolver = false
}

extension [VirtualServer] {
    /// What the servers pass requests to; not what an Ingress asked for that lost its path to another.
    var usedBackends: UsedBackends {
        var used = UsedBackends()
        for location in lazy.flatMap(\.locations) {
            guard case .proxy(let backend, _) = location.action else { continue }
            switch backend {
            case .upstream(let name): used.upstreams.insert(name)
            case .name: used.needResolver = true
            }
        }
        return used
    }
}
