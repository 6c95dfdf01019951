import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration

/// The facts about a host by which Ingresses that add no more than paths can be exchanged alone.
///
/// A host may have thousands of Ingresses, of which a change is about one.
struct PathExchange {
    /// The oldest Ingress of the host, which decides about more than its paths.
    fileprivate var first: IngressRoutes
    /// Who serves what matches no path.
    fileprivate let unmatched: ResolvedBackend
    /// How often each upstream is needed.
    fileprivate var uses: [UpstreamKey: Int]
    /// The upstreams beside those of paths.
    fileprivate var upstreamsOfRest: [UpstreamKey]
    /// Whether a path takes what no other one does.
    fileprivate let isComplete: Bool
    /// Whether all Ingresses add no more than paths, so that any of them may be the oldest.
    fileprivate let isUniform: Bool
    /// The paths that several want, and who gets them.
    fileprivate let contested: Set<PathMatch>
    let findings: [Diagnostic]

    /// Returns `nil` where the Ingresses of a host depend on one another, and where it has one alone.
    ///
    /// - Parameter findings: Those about all that the Ingresses want of the host, but for its certificate.
    static func of(
        _ draft: ServerDraft,
        _ claims: [IngressRoutes],
        unmatched: ResolvedBackend,
        _ findings: [Diagnostic]
    ) -> ByReference<PathExchange>? {
        let host = draft.host
        guard claims.count > 1, draft.isOfIndependentPaths, host != .any,
            findings.allSatisfy({ $0.code == Diagnostic.pathTakenCode }),
            let first = claims.first(where: { $0.owner != nil }),
            claims.allSatisfy({ $0.canaries(for: host).isEmpty })
        else { return nil }
        return ByReference(
            PathExchange(
                first: first,
                unmatched: unmatched,
                uses: draft.upstreams(unmatched: unmatched).reduce(into: [:]) { $0[$1, default: 0] += 1 },
                upstreamsOfRest: draft.upstreamsOfRest(unmatched: unmatched),
                isComplete: draft.locations[.prefix(.root)] != nil,
                isUniform: claims.allSatisfy { $0.owner == nil || $0.addsPathsAlone(to: host) },
                contested: findings.isEmpty ? [] : contested(by: claims, on: host),
                findings: findings
            )
        )
    }

    private static func contested(by claims: [IngressRoutes], on host: HostPattern) -> Set<PathMatch> {
        var (known, contested): (Set<PathMatch>, Set<PathMatch>) = ([], [])
        for claim in claims {
            for location in claim.rules(for: host).flatMap(\.locations) where !known.insert(location.path).inserted {
                contested.insert(location.path)
            }
        }
        return contested
    }

    /// Whether Ingresses may come and go, and no path of others changes.
    fileprivate func allows(_ changed: [IngressRoutes], on host: HostPattern, first: IngressRoutes) -> Bool {
        (isUniform || first === self.first) && changed.allSatisfy { $0.addsPathsAlone(to: host) }
    }

    /// Whether paths may stand in the place of others: nobody else wants any of them, and there is one for all other
    /// requests as before.
    fileprivate func allows(_ new: [LocationDraft], inPlaceOf old: [LocationDraft]) -> Bool {
        let root = PathMatch.prefix(.root)
        return old.contains { $0.path == root } == new.contains { $0.path == root }
            && (contested.isEmpty || !(old + new).contains { contested.contains($0.path) })
    }

    /// Counts the upstreams that are needed now.
    fileprivate mutating func exchange(_ old: [UpstreamKey], for new: [UpstreamKey]) -> UpstreamChange {
        for key in new { uses[key, default: 0] += 1 }
        var change = UpstreamChange(gone: [], come: [])
        for key in Set(old + new) {
            let (lost, won) = (old.count { $0 == key }, new.count { $0 == key })
            let count = uses[key, default: 0] - lost
            uses[key] = count > 0 ? count : nil
            if count <= 0 { change.gone.append(key) } else if count == won, lost == 0 { change.come.append(key) }
        }
        return change
    }
}

/// The upstreams that a host needs no more, and those that it did not need before.
struct UpstreamChange {
    var gone: [UpstreamKey]
    var come: [UpstreamKey]
}

/// A host after some of its Ingresses were exchanged.
struct ExchangedPaths {
    var server: VirtualServer
    var exchange: ByReference<PathExchange>
    var upstreams: UpstreamChange
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
    ) -> ExchangedPaths? {
        guard var exchange = exchange?.value, var server, unmatched == exchange.unmatched,
            let first = claims.first(where: { $0.owner != nil }),
            exchange.allows(leaving + coming, on: host, first: first),
            let old = paths(of: leaving), let new = paths(of: coming), exchange.allows(new, inPlaceOf: old),
            var locations = SortedLocations(server.locations)
        else { return nil }
        let isSecure = effectiveTLS != nil
        let matchLimit = ExpressionBudget.limit(of: 0)
        var (before, after) = (
            old.map { $0.location(onSecureHost: isSecure, matchLimit: matchLimit) },
            new.map { $0.location(onSecureHost: isSecure, matchLimit: matchLimit) }
        )
        let restBefore = exchange.upstreamsOfRest
        if first !== exchange.first {
            // Nobody sets anything for all of the host: it is that of the oldest Ingress alone, but for the paths.
            let draft = ServerDraft(host: host, first: first.owner)
            let bare = draft.server(effectiveTLS, unmatched: unmatched.action())
            (server.origin, server.policy) = (bare.origin, bare.policy)
            exchange.first = first
            if !exchange.isComplete {
                guard let root = server.locations.last, let newRoot = bare.locations.last,
                    root.path == newRoot.path, bare.locations.count == 1
                else { return nil }
                before.append(root)
                after.append(newRoot)
                exchange.upstreamsOfRest = draft.upstreamsOfRest(unmatched: unmatched)
            }
        }
        guard !(before + after).contains(where: \.resolvesNames), locations.exchange(before, for: after) else {
            return nil
        }
        if server.locations != locations.values { server.locations = locations.values }
        let change = exchange.exchange(
            old.flatMap(\.upstreams) + restBefore,
            for: new.flatMap(\.upstreams) + exchange.upstreamsOfRest
        )
        return ExchangedPaths(server: server, exchange: ByReference(exchange), upstreams: change)
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
    /// Whether it serves its own path however others are served.
    fileprivate var isIndependent: Bool {
        switch path {
        case .exact, .prefix: !makesHostRegular
        case .expression: false
        }
    }
}
