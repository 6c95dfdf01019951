import Diagnostics
import Incremental
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

extension ServerDraft {
    /// Who gets the connections of TLS for the host; `nil` where nginx ends TLS itself.
    ///
    /// Nothing else of the host holds for them, so that nobody can have those of a host passed on that another namespace
    /// had before.
    func passthrough(_ support: PassthroughSupport, _ diagnostics: inout [Diagnostic]) -> PassthroughDraft? {
        guard settings.values.hosts.passesTLS, let owner = settings.winner(of: "ssl-passthrough") else { return nil }
        guard support.sockets != nil else {
            diagnostics.append(.passthroughMissing(support, owner, on: host))
            return nil
        }
        guard host != .any else {
            diagnostics.append(.passthroughOfAnyHost(owner))
            return nil
        }
        if let stranger = olderStranger(than: owner) {
            diagnostics.append(.passthroughOfNewcomer(owner, stranger.ingress, on: host))
            return nil
        }
        guard let root = rootLocation, let reference = root.namedService else {
            diagnostics.append(.passthroughWithoutRoot(owner, on: host))
            return nil
        }
        // What answers 503 by HTTP, for want of endpoints or because access is closed, is closed.
        let isAnswered = if case .status = root.action { true } else { false }
        let isClosed = isAnswered || owner.values.isDenied
        if !isClosed { diagnostics += owners.flatMap { $0.unguarded(on: host) } }
        diagnostics += unusedPaths(besides: root, owner)
        return PassthroughDraft(owner: owner, reference: reference, isClosed: isClosed)
    }

    /// The location of all paths that no other has.
    private var rootLocation: LocationDraft? {
        if let root = locations[.prefix(.root)] ?? locations[.exact(.root)] { return root }
        let roots = locations.values.filter { DeclaredPath($0.place, of: $0.owner.ingress)?.text == "/" }
        return roots.min { "\($0.path)" < "\($1.path)" } ?? fallback
    }

    /// Findings about the paths that no request by HTTPS comes to.
    private func unusedPaths(besides root: LocationDraft, _ owner: AdmittedIngress) -> [Diagnostic] {
        locations.values.filter { $0.path != root.path }.map { .passthroughPathUnused($0, owner, on: host) }
    }
}

extension LocationDraft {
    /// The Service's port that the Ingress names.
    fileprivate var namedService: ServiceReference? {
        let ingress = owner.ingress
        let backend: Ingress.Backend? =
            switch place {
            case .path(let rule, let path): ingress.rules[rule].paths?[path].backend
            case .defaultBackend: ingress.defaultBackend
            }
        guard case .service(let name, let port) = backend else { return nil }
        let service = NamespacedName(namespace: ingress.metadata.namespace, name: name)
        return ServiceReference(service: service, port: port)
    }
}
