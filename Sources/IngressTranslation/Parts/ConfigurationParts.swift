import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// The parts of a configuration in their order, each as long as somebody needs it.
///
/// Changes are gathered, and come to the tables all at once.
struct ConfigurationParts {
    private(set) var servers = SortedTable<HostPattern, VirtualServer>()
    private(set) var upstreams = SortedTable<UpstreamKey, Upstream>()
    /// The endpoints that upstreams only name.
    private(set) var endpoints = EndpointTable()
    private(set) var files = UsedFiles()
    private(set) var findings = SortedFindings()
    /// How many servers pass requests to an upstream.
    private var upstreamUses: [UpstreamKey: Int] = [:]
    /// The upstreams of each port that are asked otherwise than is usual, by the port alone.
    private var unusualUpstreams: [UpstreamKey: Set<UpstreamKey>] = [:]
    /// How many servers resolve names while serving.
    private var resolverUses = 0
    /// The hosts that ask clients for certificates.
    private var askingHosts: Set<HostPattern> = []
    /// `nil` for a host that has gone.
    private var changedServers: [HostPattern: VirtualServer?] = [:]
    private var changedUpstreams: Set<UpstreamKey> = []
    /// The findings about no Ingress and no host.
    private var general: [Diagnostic] = []

    var needResolver: Bool { resolverUses > 0 }
    var askForCertificates: Bool { !askingHosts.isEmpty }

    mutating func replace(_ before: HostAssembly, by after: HostAssembly?) {
        serve(before.host, by: after?.server)
        var (uses, newUses) = (before.uses, after?.uses ?? HostUses())
        if let change = after?.upstreamChange {
            // Of very many upstreams few have changed, which are known.
            exchange(change.gone, for: change.come)
            (uses.upstreams, newUses.upstreams) = ([], [])
        }
        replace(uses, by: newUses)
    }

    /// Takes note of the server of a host; `nil` for a host that has none any more.
    mutating func serve(_ host: HostPattern, by server: VirtualServer?) {
        changedServers.updateValue(server, forKey: host)
        if server?.policy.clients != nil { askingHosts.insert(host) } else { askingHosts.remove(host) }
    }

    /// Takes note of what a server needs, and of what is said of it.
    mutating func replace(_ before: HostUses, by after: HostUses) {
        replace(before.upstreams, by: after.upstreams)
        resolverUses += (after.needsResolver ? 1 : 0) - (before.needsResolver ? 1 : 0)
        files.replace(before.certificate, by: after.certificate)
        if before.otherFiles != after.otherFiles {
            for file in after.otherFiles { files.replace(nil, by: file) }
            for file in before.otherFiles { files.replace(file, by: nil) }
        }
        findings.replace(before.diagnostics, by: after.diagnostics)
    }

    private mutating func replace(_ before: Set<UpstreamKey>, by after: Set<UpstreamKey>) {
        // A host may pass requests to thousands, of which a change touches few or none: then both are one in memory.
        guard before != after else { return }
        exchange(before.filter { !after.contains($0) }, for: after.filter { !before.contains($0) })
    }

    private mutating func exchange(_ gone: some Collection<UpstreamKey>, for come: some Collection<UpstreamKey>) {
        for key in gone {
            upstreamUses[key, default: 0] -= 1
            changedUpstreams.insert(key)
        }
        for key in come {
            upstreamUses[key, default: 0] += 1
            changedUpstreams.insert(key)
            if key.isUnusual { unusualUpstreams[key.ofPort, default: []].insert(key) }
        }
    }

    /// Takes note that upstreams may have other servers.
    mutating func change(_ upstreams: Set<UpstreamKey>) {
        changedUpstreams.formUnion(upstreams)
        guard !unusualUpstreams.isEmpty else { return }
        for key in upstreams { changedUpstreams.formUnion(unusualUpstreams[key.ofPort] ?? []) }
    }

    /// Takes note of what is said of an Ingress.
    mutating func replace(_ before: [Diagnostic], by after: [Diagnostic]) { findings.replace(before, by: after) }

    /// Brings the tables up to date.
    ///
    /// - Parameter files: Those that are needed whatever the servers are.
    mutating func finish(_ backends: BackendTable, files shared: [PrivateFile], general: [Diagnostic]) {
        finishServers()
        finishUpstreams(backends)
        files.finish(shared: shared)
        findings.replace(self.general, by: general)
        self.general = general
        findings.finish()
    }

    private mutating func finishServers() {
        var (going, coming): ([HostPattern], [(key: HostPattern, value: VirtualServer)]) = ([], [])
        for (host, server) in changedServers {
            let known = servers[host]
            guard known != server else { continue }
            if known != nil { going.append(host) }
            if let server { coming.append((key: host, value: server)) }
        }
        servers.replace(going, by: coming)
        changedServers.removeAll()
    }

    private mutating func forget(_ key: UpstreamKey) {
        upstreamUses[key] = nil
        guard key.isUnusual else { return }
        unusualUpstreams[key.ofPort]?.remove(key)
        if unusualUpstreams[key.ofPort]?.isEmpty ?? false { unusualUpstreams[key.ofPort] = nil }
    }

    private mutating func finishUpstreams(_ backends: BackendTable) {
        var (going, coming): ([UpstreamKey], [(key: UpstreamKey, value: Upstream)]) = ([], [])
        for key in changedUpstreams {
            let isUsed = upstreamUses[key, default: 0] > 0
            if !isUsed { forget(key) }
            let form = isUsed ? backends.upstream(key) : nil
            let (known, upstream) = (upstreams[key], form?.upstream)
            for name in known?.names ?? [] where form?.endpoints[name] == nil { endpoints.set(name, to: nil) }
            for (name, addresses) in form?.endpoints ?? [:] { endpoints.set(name, to: addresses) }
            guard known != upstream else { continue }
            if known != nil { going.append(key) }
            if let upstream { coming.append((key: key, value: upstream)) }
        }
        upstreams.replace(going, by: coming)
        changedUpstreams.removeAll()
    }
}
