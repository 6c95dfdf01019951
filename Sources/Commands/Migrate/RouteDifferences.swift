import Diagnostics
import KubernetesModel
import ProxyConfiguration

/// The routes that Postern answers differently from ingress-nginx, one by one.
struct RouteDifferences {
    /// Those that need work first, then in the order of hosts.
    let all: [RouteDifference]
    /// Those of paths that are matched differently.
    let paths: StructuralDifferences
    /// The Ingresses that have such paths.
    let structural: Set<ObjectReference>

    /// - Parameters:
    ///   - prefix: That of annotations, without the slash.
    ///   - isStrict: Whether ingress-nginx looks at the characters of Exact and Prefix paths.
    init(_ table: RouteTable, _ ingresses: [Ingress], _ findings: [Diagnostic], prefix: String, isStrict: Bool) {
        paths = StructuralDifferences(table, ingresses, prefix: prefix, isStrict: isStrict)
        structural = Set(paths.differences.compactMap(\.ingress))
        let known = Dictionary(ingresses.compactMap { ingress in ingress.reference.map { ($0, ingress) } }) { one, _ in
            one
        }
        var routes: [ObjectReference: [WrittenRoute]] = [:]
        for route in table.routes {
            guard let origin = route.location.canaryOrigin ?? route.location.origin, let ingress = known[origin],
                let written = WrittenRoute(route, of: ingress)
            else { continue }
            routes[origin, default: []].append(written)
        }
        let told = findings.filter { $0.migrationVerdict > .needless }.flatMap { finding -> [RouteDifference] in
            guard let object = finding.object, let ingress = known[object] else { return [] }
            return Self.differences(finding, ingress, routes[object] ?? [])
        }
        all = (told + paths.differences).enumerated().sorted { left, right in
            let (first, second) = (left.element, right.element)
            return (-first.opinion.verdict.rawValue, first.route, left.offset)
                < (-second.opinion.verdict.rawValue, second.route, right.offset)
        }.map(\.element)
    }

    /// The routes that a finding is about: that of its field, else all of its Ingress.
    private static func differences(
        _ finding: Diagnostic,
        _ ingress: Ingress,
        _ routes: [WrittenRoute]
    ) -> [RouteDifference] {
        func difference(_ route: String, _ position: SourcePosition?) -> RouteDifference {
            RouteDifference(
                code: finding.code,
                route: route,
                ingress: ingress.reference,
                position: position ?? finding.position,
                opinion: MigrationOpinion(
                    verdict: finding.migrationVerdict,
                    reason: finding.message,
                    advice: finding.hint
                )
            )
        }
        guard let field = finding.field, field.hasPrefix("spec.rules[") else {
            return routes.map { difference($0.route.name, $0.position) }
        }
        let own = routes.filter { field.hasPrefix($0.field) || $0.field.hasPrefix(field) }
        guard own.isEmpty else { return own.map { difference($0.route.name, $0.position) } }
        return ingress.names(at: field).map { difference($0, nil) }
    }
}

extension Ingress {
    /// The routes that would be at a field, which no server has.
    fileprivate func names(at field: String) -> [String] {
        rules.enumerated().flatMap { number, rule in
            (rule.paths ?? [Path(backend: .service(name: "", port: .number(80)))]).enumerated().compactMap {
                index,
                path in
                let own = "spec.rules[\(number)].http.paths[\(index)]"
                guard field.hasPrefix(own) || own.hasPrefix(field) else { return nil }
                return (rule.host.flatMap { $0.isEmpty ? nil : $0 } ?? "*") + (path.path ?? "/")
            }
        }
    }
}
