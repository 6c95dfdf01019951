import Diagnostics
import IngressTranslation
import KubernetesModel
import ProxyConfiguration

/// The paths of Ingresses that a request is for as well, and that no location of its server stands for: another Ingress
/// has them, the host is another's, or the Ingress is left out.
struct UnservedPaths {
    private let host: String
    private let path: Substring
    private let server: VirtualServer
    /// The locations that match, whichever of them serves.
    private let matching: [Location]
    private let result: Pipeline.Result

    init(_ request: Request, by server: VirtualServer, of result: Pipeline.Result) {
        host = request.host.lowercased().withoutPort
        path = request.target.prefix { $0 != "?" && $0 != "#" }
        self.server = server
        matching = (server.verdicts(on: request.target) ?? []).filter { $0.verdict != .differs }.map(\.location)
        self.result = result
    }

    /// One for each, or for the first of many, with why it does not serve the request.
    var steps: [Explanation.Step] {
        let all = result.snapshot.ingresses.flatMap { ingress -> [Explanation.Step] in
            guard let name = ingress.reference else { return [] }
            return ingress.rules.enumerated().filter { isMeant($0.element) }.flatMap { number, rule in
                (rule.paths ?? []).enumerated().compactMap { index, path in
                    guard isMeant(path), !isServed(path, rule, of: name) else { return nil }
                    let field = "spec.rules[\(number)].http.paths[\(index)]"
                    return reason(for: rule, of: name, field).map { step(ingress, path, at: field, $0) }
                }
            }
        }
        guard all.count > Explanation.mostLosers else { return all }
        let others = Explanation.Step(
            name: "not",
            text: "\(all.count - Explanation.mostLosers) more paths of Ingresses"
        )
        return all.prefix(Explanation.mostLosers) + [others]
    }

    private func isMeant(_ rule: Ingress.Rule) -> Bool {
        guard let name = rule.host?.lowercased(), !name.isEmpty else { return true }
        guard name.hasPrefix("*.") else { return name == host }
        return host.drop { $0 != "." } == name.dropFirst()
    }

    private func isMeant(_ candidate: Ingress.Path) -> Bool {
        if matching.contains(where: { candidate.isWritten(as: $0.path) }) { return true }
        let own = candidate.written
        if candidate.pathType == .exact { return path == own }
        return path == own || path.hasPrefix(own.hasSuffix("/") ? own : own + "/")
    }

    private func isServed(_ candidate: Ingress.Path, _ rule: Ingress.Rule, of name: ObjectReference) -> Bool {
        rule.serves(server.host)
            && server.locations.contains { location in
                [location.origin, location.canaryOrigin].contains(name) && candidate.isWritten(as: location.path)
            }
    }

    /// `nil` where nothing accounts for it.
    private func reason(for rule: Ingress.Rule, of name: ObjectReference, _ field: String) -> String? {
        if let finding = result.translation.leftOut.first(where: { $0.object == name }) { return finding.message }
        guard rule.serves(server.host) else {
            let others = rule.host.flatMap { $0.isEmpty ? nil : $0 } ?? "hosts that no Ingress names"
            return "it is for \(others), and \(server.host.text) comes first"
        }
        return result.diagnostics.first { finding in
            finding.object == name && finding.severity != .note && finding.field?.hasPrefix(field) ?? false
        }?.message
    }

    private func step(
        _ ingress: Ingress,
        _ path: Ingress.Path,
        at field: String,
        _ reason: String
    ) -> Explanation.Step {
        let position = ingress.metadata.source?.position(of: "\(field).path")
        return Explanation.Step(
            name: "not",
            text: "\((path.pathType ?? .implementationSpecific).rawValue) \(path.written): \(reason)",
            ingress: ingress.reference?.description,
            place: position.map { "\($0.file):\($0.line)" }
        )
    }
}

extension Ingress.Path {
    fileprivate var written: String { path.flatMap { $0.isEmpty ? nil : $0 } ?? "/" }
}

extension String {
    /// A host without what follows it, that of an address of IPv6 with its brackets.
    fileprivate var withoutPort: String {
        guard let colon = lastIndex(of: ":"), !self[colon...].contains("]") else { return self }
        return String(self[..<colon])
    }
}
