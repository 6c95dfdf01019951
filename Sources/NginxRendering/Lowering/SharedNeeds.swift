import NginxSyntax
import ProxyConfiguration

// What parts need that stands once for all of them.

extension VirtualServer {
    var hasRedirectToHTTPS: Bool { locations.isEmpty || locations.contains(where: \.redirectsToHTTPS) }

    /// Whether it needs the variable that holds a dollar sign.
    var usesDollar: Bool {
        appRoot?.path.value.utf8.contains(UInt8(ascii: "$")) ?? false
            || locations.contains { location in
                if case .proxy(_, let rewrite?) = location.action { rewrite.target.usesDollarVariable } else { false }
            }
    }
}

extension Upstream {
    var usesDollar: Bool {
        if case .hash(let key) = balancing { key.usesDollarVariable } else { false }
    }
}
