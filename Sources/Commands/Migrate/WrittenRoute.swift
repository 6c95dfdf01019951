import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// A route, and the path of an Ingress that it comes from.
struct WrittenRoute {
    var route: Route
    var ingress: Ingress
    /// The path as it is written; `/` where none is.
    var text: String
    var isExact: Bool
    var isPrefix: Bool
    /// The field of the path.
    var field: String

    /// Returns `nil` where no rule of the Ingress names the path, as of a default backend.
    init?(_ route: Route, of ingress: Ingress) {
        for (number, rule) in ingress.rules.enumerated() where rule.isFor(route.server.host) {
            for (index, path) in (rule.paths ?? []).enumerated() where path.isRead(as: route.location.path) {
                self.route = route
                self.ingress = ingress
                text = (path.path ?? "").isEmpty ? "/" : path.path ?? "/"
                isExact = path.pathType == .exact
                isPrefix = path.pathType == .prefix
                field = "spec.rules[\(number)].http.paths[\(index)]"
                return
            }
        }
        return nil
    }

    var position: SourcePosition? { ingress.metadata.source?.position(of: field + ".path") }
}

extension Ingress.Rule {
    fileprivate func isFor(_ pattern: HostPattern) -> Bool {
        let host = self.host ?? ""
        return host.isEmpty ? pattern == .any : host.lowercased() == pattern.text
    }
}

extension Ingress.Path {
    fileprivate func isRead(as match: PathMatch) -> Bool {
        let path = (path ?? "").isEmpty ? "/" : path ?? "/"
        switch match {
        case .exact(let exact): return path == exact.value && pathType != .prefix
        case .prefix(let prefix):
            let isSame = path == prefix.value || path.hasSuffix("/") && path.dropLast() == prefix.value
            return isSame && pathType != .exact
        case .expression(let expression): return path == expression.pattern
        }
    }
}
