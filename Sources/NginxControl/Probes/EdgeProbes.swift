import NginxSyntax
package import ProxyConfiguration

/// Requests at and around the boundaries of a configuration's hosts and paths.
package struct EdgeProbes: Sendable {
    /// Those of one host stand together, in the order of the configuration's servers.
    package let probes: [Probe]

    /// Takes request targets that regular expressions match from `samples`, because no expression tells them.
    ///
    /// Without samples an expression is probed around the text that it begins with. With a configuration that has
    /// been `served`, only hosts that have changed since are probed, those that have gone and those with a renewed
    /// certificate among them. Without `variations` only the edges themselves are, and not other ways to write them.
    package init(
        _ configuration: Configuration,
        samples: [String] = [],
        since served: Configuration? = nil,
        variations: Bool = true,
        where isWanted: (Request) -> Bool = { _ in true }
    ) {
        let schemes = Listener.Scheme.allCases.filter { scheme in
            configuration.listeners.contains { $0.scheme == scheme }
        }
        var found = DistinctProbes()
        func take(_ probe: Probe) {
            guard probe.request.target.utf8.count <= Self.longestTarget else { return found.pass() }
            found.take(probe, where: isWanted)
        }
        func add(_ host: String, _ target: String, name: String, isEssential: Bool, _ headers: [String: String] = [:]) {
            // Neither scheme is always the first of its pair, so that no even sample misses all of one.
            let isSwapped = (found.count / 2).nonzeroBitCount.isMultiple(of: 2)
            for scheme in isSwapped ? schemes.reversed() : schemes {
                // A shadow checks neither passwords nor certificates, and limits nobody.
                let request = Request(
                    scheme: scheme,
                    host: host,
                    target: target,
                    headers: headers,
                    isAdmitted: true
                )
                take(Probe(request: request, serverName: name, isEssential: isEssential))
            }
        }
        let changes = ServerChanges(of: configuration, since: served)
        for server in changes.servers {
            // Only a variation may be a request to another host as well.
            if !variations { found.forgetRequests() }
            let name = server.host.probed
            let targets = EdgeTargets(of: server, samples: samples)
            for target in targets.essential { add(name, target, name: name, isEssential: true) }
            for (target, headers) in CanaryProbes(of: server, targets.essential).requests {
                add(name, target, name: name, isEssential: true, headers)
            }
            let first = targets.essential.first ?? "/"
            add(name.uppercased(), first, name: name, isEssential: true)
            // By plain HTTP alone: preflights come before a redirect, and a handshake is dear.
            for (target, origin) in targets.preflights where schemes.contains(.http) {
                let request = Request(host: name, method: "OPTIONS", target: target, headers: ["origin": origin])
                take(Probe(request: request, serverName: name, isEssential: true))
            }
            guard variations else { continue }
            for target in targets.further { add(name, target, name: name, isEssential: false) }
            for host in Self.hosts(around: name) { add(host, first, name: name, isEssential: false) }
        }
        // Where such a handshake brings what it brought before, the connection of the last host does: its handshake is
        // dearer than all its requests.
        let unknown = "unknown.invalid"
        let name = changes.reachUnknownHosts ? unknown : changes.servers.last?.host.probed ?? unknown
        for target in ["/", "/healthz"] { add(unknown, target, name: name, isEssential: true) }
        probes = found.probes
    }

    /// At most so many: first what is essential, then of all others an even sample.
    package func sample(_ limit: Int) -> [Probe] {
        guard probes.count > limit else { return probes }
        let essential = probes.count { $0.isEssential }
        let isFull = essential >= limit
        var essentialSample = EvenSample(of: isFull ? limit : essential, from: essential)
        var furtherSample = EvenSample(of: isFull ? 0 : limit - essential, from: probes.count - essential)
        return probes.filter { $0.isEssential ? essentialSample.takesNext() : furtherSample.takesNext() }
    }

    /// A longer one nginx refuses before it routes it: `large_client_header_buffers` is 8 KiB.
    private static let longestTarget = 7_000

    private static func hosts(around name: String) -> [String] {
        let hosts = ["\(name):8080", "\(name).", "x.\(name)", "x\(name)", "x-\(name)"]
        guard let dot = name.firstIndex(of: ".") else { return hosts }
        return hosts + [String(name[name.index(after: dot)...])]
    }
}

/// Probes, each request once.
///
/// They are sifted one by one: those of ten thousand hosts take as much memory as all that is proven.
private struct DistinctProbes {
    private(set) var probes: [Probe] = []
    /// How many have come, whatever became of them.
    private(set) var count = 0
    private var seen: Set<Request> = []

    mutating func take(_ probe: Probe, where isWanted: (Request) -> Bool) {
        count += 1
        if seen.insert(probe.request).inserted, isWanted(probe.request) { probes.append(probe) }
    }

    mutating func pass() { count += 1 }

    /// No request that came before comes again.
    mutating func forgetRequests() { seen.removeAll(keepingCapacity: true) }
}

/// Takes some of many, at even distances.
private struct EvenSample {
    private let wanted: Int
    private let total: Int
    private var seen = 0

    init(of wanted: Int, from total: Int) {
        (self.wanted, self.total) = (wanted, total)
    }

    mutating func takesNext() -> Bool {
        guard total > 0 else { return false }
        defer { seen += 1 }
        return (seen + 1) * wanted / total > seen * wanted / total
    }
}

extension HostPattern {
    /// A host that the pattern is for.
    var probed: String {
        switch self {
        case .any: "any.invalid"
        case .name(let name): name.value
        case .wildcard(let parent): "one." + parent.value
        }
    }
}
