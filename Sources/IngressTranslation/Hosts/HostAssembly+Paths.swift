import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration

/// The facts about a host by which Ingresses that add no more than paths can be exchanged alone.
///
/// A host may have thousands of Ingresses, of which a change is about one.
struct PathExchange {
    /// The oldest Ingress of the host, which decides about more than its paths.
    fileprivate let first: IngressRoutes
    /// Who serves what matches no path.
    fileprivate let unmatched: ResolvedBackend
    /// The upstreams beside those of paths.
    fileprivate let upstreams: [UpstreamKey]

    /// Returns `nil` where the Ingresses of a host depend on one another, and where it has one alone.
    static func of(
        _ draft: ServerDraft,
        _ claims: [IngressRoutes],
        unmatched: ResolvedBackend
    ) -> ByReference<PathExchange>? {
        guard claims.count > 1, draft.isOfIndependentPaths, draft.host != .any,
            let first = claims.first(where: { $0.owner != nil }),
            claims.allSatisfy({ $0.canaries(for: draft.host).isEmpty })
        else { return nil }
        let upstreams = draft.upstreamsOfRest(unmatched: unmatched)
        return ByReference(PathExchange(first: first, unmatched: unmatched, upstreams: upstreams))
    }

    /// Whether Ingresses may come and go, and no path of others changes.
    fileprivate func allows(_ changed: [IngressRoutes], on host: HostPattern, unmatched: ResolvedBackend) -> Bool {
        unmatched == self.unmatched
            && changed.allSatisfy { $0.addsPathsAlone(to: host) && first.wins(over: $0) }
    }
}

extension HostAssembly {
    /// How many Ingresses of a host may come and go at once before all of it is decided anew.
    static var mostExchanged: Int { 64 }

    /// The server with the paths of some Ingresses in place of those of others, and the upstreams that it needs then.
    ///
    /// Returns `nil` where that is not all that changes, or where two want the same path.
    func exchanging(
        _ leaving: [IngressRoutes],
        for coming: [IngressRoutes],
        unmatched: ResolvedBackend
    ) -> (server: VirtualServer, upstreams: Set<UpstreamKey>)? {
        guard let exchange = exchange?.value, var server,
            exchange.allows(leaving + coming, on: host, unmatched: unmatched),
            let old = paths(of: leaving), let new = paths(of: coming),
            var locations = SortedLocations(server.locations)
        else { return nil }
        let isSecure = effectiveTLS != nil
        let matchLimit = ExpressionBudget.limit(of: 0)
        let (before, after) = (
            old.map { $0.location(onSecureHost: isSecure, matchLimit: matchLimit) },
            new.map { $0.location(onSecureHost: isSecure, matchLimit: matchLimit) }
        )
        guard !(before + after).contains(where: \.resolvesNames), locations.exchange(before, for: after) else {
            return nil
        }
        if server.locations != locations.values { server.locations = locations.values }
        guard Set(old.flatMap(\.upstreams)) != Set(new.flatMap(\.upstreams)) else { return (server, upstreams) }
        guard let all = paths(of: claims) else { return nil }
        return (server, Set(all.flatMap(\.upstreams) + exchange.upstreams))
    }

    /// The paths of Ingresses on this host; `nil` where something is to be said of one.
    private func paths(of claims: [IngressRoutes]) -> [LocationDraft]? {
        var findings: [Diagnostic] = []
        var paths: [LocationDraft] = []
        for claim in claims {
            for rule in claim.rules(for: host) {
                for path in rule.locations { paths.append(path.closedWhereUnasked(on: host, &findings)) }
            }
        }
        return findings.isEmpty ? paths : nil
    }
}

/// Locations in order of precedence, each path once.
private struct SortedLocations {
    private(set) var values: [Location]

    /// Returns `nil` for none.
    init?(_ values: [Location]) {
        guard !values.isEmpty else { return nil }
        self.values = values
    }

    /// Takes locations out and puts others in; returns whether there was place for all of them.
    mutating func exchange(_ old: [Location], for new: [Location]) -> Bool {
        var coming = Dictionary(new.map { ($0.path, $0) }) { first, _ in first }
        guard coming.count == new.count else { return false }
        for location in old {
            let index = values.index(of: location.path)
            guard index < values.count, values[index] == location else { return false }
            if let replacement = coming.removeValue(forKey: location.path) {
                values[index] = replacement
            } else {
                values.remove(at: index)
            }
        }
        for location in coming.values {
            let index = values.index(of: location.path)
            guard index == values.count || values[index].path != location.path else { return false }
            values.insert(location, at: index)
        }
        return true
    }
}

extension IngressRoutes {
    /// Whether all that it brings to a host are paths that concern no other.
    fileprivate func addsPathsAlone(to host: HostPattern) -> Bool {
        guard let owner, owner.ownsPathsAlone, fallback == nil, canaries(for: host).isEmpty else { return false }
        return rules(for: host).allSatisfy { $0.locations.allSatisfy(\.isIndependent) }
    }
}

extension AdmittedIngress {
    /// Whether it sets nothing that holds for all of a host, and needs no file.
    fileprivate var ownsPathsAlone: Bool {
        settings.given.isEmpty && values.hostGuard == nil && values.snippets.server == nil && clientCheck == nil
            && files.isEmpty
    }
}

extension LocationDraft {
    /// Whether it serves its own path however others are served, and requests of no other path.
    fileprivate var isIndependent: Bool {
        switch path {
        case .exact: !makesHostRegular
        case .prefix(let path): path != .root && !makesHostRegular
        case .expression: false
        }
    }
}
