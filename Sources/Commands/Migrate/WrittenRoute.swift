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
        for (number, rule) in ingress.rules.enumerated() where rule.serves(route.server.host) {
            for (index, path) in (rule.paths ?? []).enumerated() where path.isWritten(as: route.location.path) {
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
