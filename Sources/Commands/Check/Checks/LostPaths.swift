import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// Rewrites that lose what the path has captured: its last group takes the rest of each request, and the target is a
/// folder without it.
struct LostPaths {
    private let table: RouteTable
    private let ingresses: [AnnotationValues]

    init(_ table: RouteTable, _ ingresses: [AnnotationValues]) {
        (self.table, self.ingresses) = (table, ingresses)
    }

    var findings: [Diagnostic] {
        var targets: [ObjectReference: AnnotationValues] = [:]
        for values in ingresses {
            guard let target = values["rewrite-target"], target.hasSuffix("/"), !target.contains("$") else { continue }
            targets[values.reference] = values
        }
        guard !targets.isEmpty else { return [] }
        return table.routes.compactMap { route in
            guard let origin = route.location.origin, let values = targets[origin],
                route.location.action.rewrite != nil,
                case .expression(let expression) = route.location.path, expression.capturesRest,
                let target = values["rewrite-target"]
            else { return nil }
            return Diagnostic(
                .warning,
                code: "rewrite-loses-path",
                "the path's last group takes the rest of each request, and 'rewrite-target' does not name it; the backend "
                    + "sees '\(target.excerpt)' for all of them",
                object: origin,
                position: table.position(of: route),
                hint: "write '\(target.excerpt)$\(expression.captureCount)'"
            )
        }
    }
}

extension RegularExpression {
    /// Whether its last group matches whatever follows.
    fileprivate var capturesRest: Bool {
        captureCount > 0 && ["(.*)", "(.+)", "(.*)$", "(.+)$", "(.*)?"].contains(where: pattern.hasSuffix)
    }
}
