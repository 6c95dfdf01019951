import Diagnostics
import IngressTranslation
import ProxyConfiguration

extension Explanation {
    /// Those of what is wrong that may account for the answer.
    ///
    /// Findings about other paths of the Ingress do not, nor what another Ingress sets for its own paths alone.
    func findings(
        in result: Pipeline.Result,
        _ server: VirtualServer,
        _ table: RouteTable
    ) -> [Diagnostic] {
        let own = route.flatMap(table.field(of:))
        let origin = route?.location.origin ?? passed?.origin
        let sharing = Set(server.locations.compactMap(\.origin))
        return result.diagnostics.filter { finding in
            guard finding.severity != .note, let object = finding.object else { return false }
            if object == origin { return finding.path == nil || own == nil || finding.path == own }
            if origin == nil, object == server.origin { return finding.path == nil }
            return sharing.contains(object) && finding.isAboutHost
        }
    }
}

extension Diagnostic {
    /// The path that it is about, `spec.rules[0].http.paths[1]`; `nil` for what is about more than one.
    fileprivate var path: Substring? {
        field?.prefixMatch(of: /spec\.rules\[\d+\]\.http\.paths\[\d+\]/)?.0
    }

    /// Whether it is about what all paths of a host share.
    fileprivate var isAboutHost: Bool {
        guard let field else { return false }
        if field.hasPrefix("spec.tls") { return true }
        guard let name = field.wholeMatch(of: /metadata\.annotations\[(?:[^\]]*\/)?([^\/\]]+)\]/)?.1 else {
            return false
        }
        return SettingTable.all.contains { $0.name == name && $0.scope == .server }
    }
}
