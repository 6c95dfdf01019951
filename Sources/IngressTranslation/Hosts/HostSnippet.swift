import Diagnostics
import Incremental
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// What the snippets for a host ask for, that of the global ConfigMap and that of an Ingress.
struct HostSnippet {
    var snippet: Snippet
    /// The Ingress whose snippet counts; `nil` where only the ConfigMap has one.
    var owner: AdmittedIngress?
    /// How redirects to a path are written.
    var redirects: RedirectValues
    var namesPort: Bool

    /// Whether it answers requests that match no path.
    var servesRoot: Bool {
        snippet.locations.contains { if case .prefix(.root, _) = $0.match { true } else { false } }
    }
}

extension ServerDraft {
    /// The snippet of the host, and the Ingresses whose snippets may guard and do not count.
    ///
    /// Nobody changes a host that Ingresses of other namespaces had before.
    func hostSnippet(_ diagnostics: inout [Diagnostic]) -> (HostSnippet?, refused: [NamespacedName]) {
        var refused: [NamespacedName] = []
        let winner = settings.winner(of: "server-snippet").flatMap { $0.values.isDenied ? nil : $0 }
        var own = winner?.values.snippets.server?.value
        if let winner, own != nil, let refusal = refusal(of: winner) {
            diagnostics.append(refusal)
            if own?.mayRefuse ?? false { refused.append(winner.ingress.namespacedName) }
            own = nil
        }
        for other in owners where other !== winner {
            guard let lost = other.values.snippets.server?.value, lost.mayRefuse, lost != own, let winner else {
                continue
            }
            refused.append(other.ingress.namespacedName)
            diagnostics.append(.snippetGuardTaken(other, by: winner.ingress, on: host))
        }
        if let winner, var snippet = own {
            for location in snippet.locations where isTaken(location) {
                snippet.locations.removeAll { $0 == location }
                diagnostics.append(.snippetLocationTaken(location, of: winner, on: host))
                if location.mayRefuse { refused.append(winner.ingress.namespacedName) }
            }
            own = snippet
        }
        let ofAll = settings.values.snippets.serversOfAll?.value
        guard var whole = own.map({ ofAll?.followed(by: $0) ?? $0 }) ?? ofAll else { return (nil, refused) }
        whole.locations.removeAll(where: isTaken)
        let values = own == nil ? settings.values : winner?.values ?? settings.values
        let snippet = HostSnippet(
            snippet: whole,
            owner: own == nil ? nil : winner,
            redirects: values.redirects,
            namesPort: values.https.namesPort
        )
        return (snippet, refused)
    }

    /// Why the snippet of an Ingress does not count for the host; `nil` where it does.
    private func refusal(of owner: AdmittedIngress) -> Diagnostic? {
        // Its own paths are what load balancers ask for.
        guard host != .any else { return .snippetOfAnyHost(owner) }
        return olderStranger(than: owner).map { .snippetOfNewcomer(owner, $0.ingress, on: host) }
    }

    /// An Ingress of another namespace that came before.
    func olderStranger(than owner: AdmittedIngress) -> AdmittedIngress? {
        owners.prefix { $0 !== owner }.first { $0.ingress.metadata.namespace != owner.ingress.metadata.namespace }
    }

    /// Whether an Ingress serves all paths that a location of a snippet is for.
    private func isTaken(_ location: SnippetLocation) -> Bool {
        switch location.match {
        case .exact(let path): locations[.exact(path)] != nil || builtInLocations.contains { $0.path == .exact(path) }
        case .prefix(.root, _): locations[.prefix(.root)] != nil || fallback != nil
        case .prefix, .expression: false
        }
    }
}

extension VirtualServer {
    /// Adds what the host's snippets ask for.
    mutating func take(_ host: HostSnippet, matchLimit: Int) {
        let snippet = host.snippet
        let additions = ServerAdditions(
            script: snippet.script.redirecting(isRelative: host.redirects.isRelative, namesPort: host.namesPort),
            requestHeaders: snippet.requestHeaders,
            responseHeaders: snippet.responseHeaders
        )
        if !additions.isEmpty { policy.additions = ByReference(additions) }
        if !snippet.access.isEmpty || !snippet.directives.isEmpty || snippet.isUnlogged {
            locations = locations.map { location in
                var location = location
                location.policy = ByReference(location.policy.value.beneath(snippet))
                return location
            }
        }
        locations = locations.with(snippet.locations.compactMap { $0.placed(for: host, matchLimit: matchLimit) })
    }
}

extension LocationPolicy {
    /// The policy where a snippet says of the whole host what its own settings do not.
    fileprivate func beneath(_ snippet: Snippet) -> LocationPolicy {
        var policy = self
        policy.settings = snippet.directives.adding(settings)
        if snippet.isUnlogged { policy.isLogged = false }
        guard !snippet.access.isEmpty else { return policy }
        var access = access ?? AccessPolicy()
        access.rules += snippet.access
        policy.access = access
        return policy
    }
}

/// A location of a snippet, and where it stands among those of Ingresses.
private struct PlacedLocation {
    var match: SnippetLocation.Match
    var location: Location

    /// 0 for what is no prefix; the order of expressions stays.
    var prefixLength: Int { if case .prefix(let path, _) = match { path.value.utf8.count } else { 0 } }
}

extension SnippetLocation {
    fileprivate func placed(for host: HostSnippet, matchLimit: Int) -> PlacedLocation? {
        guard let path = path(matchLimit: matchLimit) else { return nil }
        var policy = LocationPolicy(settings: snippet.directives)
        policy.take(snippet, redirectingBy: host.redirects, namesPort: host.namesPort)
        let location = Location(
            path: path,
            origin: host.owner?.reference,
            action: .script,
            policy: ByReference(policy)
        )
        return PlacedLocation(match: match, location: location)
    }
}

extension [Location] {
    /// These, in nginx's order with those of a snippet: exact paths, final prefixes and expressions first, other prefixes
    /// by their length.
    fileprivate func with(_ placed: [PlacedLocation]) -> [Location] {
        guard !placed.isEmpty else { return self }
        var front: [Location] = []
        var expressions: [Location] = []
        var result = self
        // The longest first, so that each finds its place behind longer ones.
        for placed in placed.sorted(by: { $0.prefixLength > $1.prefixLength }) {
            switch placed.match {
            case .exact: front.append(placed.location)
            case .prefix(_, isFinal: true) where placed.location.path != .prefix(.root):
                expressions.insert(placed.location, at: 0)
            case .expression: expressions.append(placed.location)
            case .prefix(let path, _):
                let length = path.value.utf8.count
                let index = result.firstIndex { $0.isShorter(than: length) } ?? result.count
                result.insert(placed.location, at: index)
            }
        }
        guard !expressions.isEmpty else { return front + result }
        let isExact = { (location: Location) in if case .exact = location.path { true } else { false } }
        return front + result.filter(isExact) + expressions + result.filter { !isExact($0) }
    }
}

extension Location {
    /// Whether it comes behind a prefix of so many bytes.
    fileprivate func isShorter(than length: Int) -> Bool {
        switch path {
        case .exact(let path): path.value.utf8.count < length
        case .prefix(let path): path == .root || path.value.utf8.count < length
        case .expression(let expression): expression.pattern.utf8.count < length
        }
    }
}
