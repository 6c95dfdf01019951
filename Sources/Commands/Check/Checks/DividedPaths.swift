import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// Paths that lie within a path of an Ingress of another namespace, and take requests from it.
struct DividedPaths {
    private let table: RouteTable

    init(_ table: RouteTable) {
        self.table = table
    }

    var findings: [Diagnostic] {
        var findings: [Diagnostic] = []
        var routes: [Route] = []
        for route in table.routes {
            if let first = routes.first, first.server.host != route.server.host {
                findings += self.findings(routes)
                routes = []
            }
            routes.append(route)
        }
        return findings + self.findings(routes)
    }

    /// Those of one host; nothing is wrong with a path within `/`, which is for what is left.
    private func findings(_ routes: [Route]) -> [Diagnostic] {
        guard Set(routes.map(\.location.origin?.namespace)).count > 1 else { return [] }
        var around: [String: Route] = [:]
        for route in routes {
            guard case .prefix(let path) = route.location.path, path.value != "/" else { continue }
            around[path.value] = route
        }
        return routes.compactMap { route in
            let text: String
            switch route.location.path {
            case .exact(let path), .prefix(let path): text = path.value
            case .expression: return nil
            }
            let outer = text.pathsAround.lazy.compactMap { around[$0] }
                .first { $0.location.origin?.namespace != route.location.origin?.namespace }
            guard let outer, let owner = outer.location.origin else { return nil }
            return Diagnostic(
                .note,
                code: "path-within-another",
                "this path takes requests from '\(outer.location.path.text)' of \(owner), which is of another namespace",
                object: route.location.origin,
                position: table.position(of: route)
            )
        }
    }
}

extension String {
    /// `/a/b` and `/a` for `/a/b/c`.
    fileprivate var pathsAround: [String] {
        var paths: [String] = []
        var rest = self[...]
        while let slash = rest.lastIndex(of: "/"), slash > rest.startIndex {
            rest = rest[..<slash]
            paths.append(String(rest))
        }
        return paths
    }
}
