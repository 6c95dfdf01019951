import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

extension ServerDraft {
    /// Says which paths serve less than ingress-nginx made of them.
    ///
    /// One expression or rewrite on a host makes it take all the host's paths for open-ended expressions that
    /// ignore case: Exact `/foo` then serves `/FOObar`.
    func stricterPaths() -> [Diagnostic] {
        guard hasRegularPaths else { return [] }
        return locations.values.compactMap { location in
            switch location.path {
            case .exact(let path): Diagnostic.stricterPath(location, path.value + "…")
            case .prefix(let path) where path.value != "/": Diagnostic.stricterPath(location, path.value + "…")
            case .prefix, .expression: nil
            }
        }
    }
}

extension Diagnostic {
    fileprivate static func stricterPath(_ location: LocationDraft, _ more: String) -> Diagnostic {
        location.owner.ingress.finding(
            .note,
            "path-stricter-than-ingress-nginx",
            "ingress-nginx also served '\(more)' here, in any case, because of a rewrite or regular expression "
                + "on the host; Postern serves what the path's type says",
            at: location.place.pathField
        )
    }
}
