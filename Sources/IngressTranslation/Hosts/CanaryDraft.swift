import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// A canary for one path, or for the default backend, before the path's location is known.
struct CanaryDraft: Sendable {
    var place: BackendPlace
    var owner: AdmittedIngress
    var backend: Backend
    /// The upstream that the backend is; `nil` for a name that is resolved while serving.
    var upstream: UpstreamKey?
    /// The name of the backend in the access log, where no upstream tells.
    var backendName: BackendName?
    /// The name of the backend in the access log in any case.
    var logName: BackendName?
    /// How its endpoints are chosen where nothing says otherwise.
    var loadBalancing: LoadBalancing

    /// The same, asked as the backends of the location that it becomes part of are.
    func travelling(by transport: BackendTransport) -> CanaryDraft {
        asked(by: upstream?.travelling(by: transport, otherwise: loadBalancing))
    }

    /// The same, at whose endpoints clients are kept.
    func keepingClients(by rule: SessionRule) -> CanaryDraft {
        asked(by: upstream?.keepingClients(by: rule, otherwise: loadBalancing))
    }

    private func asked(by key: UpstreamKey?) -> CanaryDraft {
        guard let key, let name = key.upstreamName else { return self }
        var other = self
        other.upstream = key
        other.backend = .upstream(name)
        if !key.isReadable { other.backendName = logName }
        return other
    }

    /// The path as it is declared; `nil` for a default backend.
    var path: DeclaredPath? { DeclaredPath(place, of: owner.ingress) }
}

/// A path by which a canary finds the one that it is an alternative of: by its text and its type, as ingress-nginx does.
struct DeclaredPath: Hashable {
    var text: String
    var type: Ingress.PathType

    /// Returns `nil` where an Ingress has no such path, as for a default backend.
    init?(_ place: BackendPlace, of ingress: Ingress) {
        guard case .path(let rule, let index) = place, ingress.rules.indices.contains(rule),
            let paths = ingress.rules[rule].paths, paths.indices.contains(index)
        else { return nil }
        text = paths[index].path.flatMap { $0.isEmpty ? nil : $0 } ?? "/"
        type = paths[index].pathType ?? .implementationSpecific
    }
}
