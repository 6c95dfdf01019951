import Incremental
import IngressTranslation
import NginxSyntax
import ProxyConfiguration

extension Translation {
    /// The breaches of invariants in a translation; empty for a sound one.
    var flaws: [String] {
        var flaws = configuration.flaws
        let names = configuration.upstreams.flatMap(\.names)
        if Set(names).count < names.count { flaws.append("two upstreams name the same endpoints") }
        if Set(names) != Set(endpoints.addresses.keys) { flaws.append("endpoints and their names differ") }
        if names.isEmpty != (configuration.endpoints == nil) {
            flaws.append("nobody looks endpoints up, or too many do")
        }
        for (name, addresses) in endpoints.addresses where addresses.isEmpty || Set(addresses).count < addresses.count {
            flaws.append("\(name) has no address, or one twice")
        }
        for address in endpoints.addresses.values.joined() where address.specialUse != nil {
            flaws.append("requests are passed to \(address)")
        }
        return flaws
    }
}

extension Configuration {
    /// The breaches of invariants in a configuration; empty for a sound one.
    var flaws: [String] { flawsOfServers + flawsOfUpstreams + flawsOfCertificates }

    private var flawsOfServers: [String] {
        var flaws: [String] = []
        if servers.first?.host != .any { flaws.append("the first server is not for any host") }
        if Set(servers.map(\.host)).count < servers.count { flaws.append("two servers have one host") }
        for server in servers {
            if server.locations.last?.path.isRoot != true { flaws.append("\(server.host.text) does not end with /") }
            if Set(server.locations.map(\.path)).count < server.locations.count {
                flaws.append("\(server.host.text) has a path twice")
            }
            for case .prefix(let path) in server.locations.map(\.path) where path.value != "/" {
                if path.value.utf8.last == UInt8(ascii: "/") { flaws.append("a prefix ends with a slash: \(path)") }
            }
        }
        return flaws
    }

    private var flawsOfUpstreams: [String] {
        var flaws: [String] = []
        // nginx takes names for equal whose letters differ in case only.
        let names = Set(upstreams.map { $0.name.value.lowercased() })
        if names.count < upstreams.count { flaws.append("two upstreams have one name") }
        var used: Set<String> = []
        var needsResolver = false
        for backend in servers.flatMap(\.locations).flatMap(\.backends) {
            switch backend {
            case .upstream(let name): used.insert(name.value)
            case .name: needsResolver = true
            }
        }
        for service in servers.flatMap(\.locations).compactMap(\.policy.value.authentication?.service) {
            switch service {
            case .upstream(let name): used.insert(name.value)
            case .name, .requestHost: needsResolver = true
            case .address(.internet(let address, _)) where address.specialUse != nil:
                flaws.append("requests are asked about at \(address)")
            case .address, .unavailable: break
            }
        }
        for location in servers.flatMap(\.locations) {
            for backend in [location.policy.errorPages?.backend].compactMap(\.self) {
                if case .upstream(let name) = backend { used.insert(name.value) } else { needsResolver = true }
            }
            switch location.policy.mirror?.receiver {
            case .upstream(let name): used.insert(name.value)
            case .name: needsResolver = true
            case .address, nil: break
            }
        }
        if used != names { flaws.append("upstreams and their uses differ: \(used.symmetricDifference(names))") }
        if needsResolver == resolvers.isEmpty { flaws.append("resolvers are missing, or not needed") }
        for upstream in upstreams {
            let count = upstream.servers.count + upstream.names.count
            if count == 0 || Set(upstream.servers).count + Set(upstream.names).count < count {
                flaws.append("\(upstream.name) is empty, or has a server twice")
            }
        }
        for case .internet(let address, _) in upstreams.flatMap(\.servers) where address.specialUse != nil {
            flaws.append("requests are passed to \(address)")
        }
        return flaws
    }

    /// The files by which clients are checked, and with which TLS is spoken with backends.
    private var otherFiles: [String] {
        let clients = servers.compactMap(\.policy.clients?.certificates)
        let passwords = servers.flatMap(\.locations).compactMap(\.policy.value.passwords?.users.value)
        return clients.map(\.authorities.value) + clients.compactMap(\.revocations?.value) + passwords + backendFiles
    }

    private var backendFiles: [String] {
        servers.flatMap(\.locations).flatMap { location -> [String] in
            guard case .proxy(let proxying) = location.action else { return [] }
            return [proxying.transport.tls.certificate, proxying.transport.tls.authority].compactMap { $0?.value }
        }
    }

    private var flawsOfCertificates: [String] {
        let files = privateFiles.map(\.file.value)
        var flaws: [String] = []
        if Set(files).count < files.count { flaws.append("two private files have one name") }
        for file in servers.compactMap(\.certificate?.value) + [fallbackCertificate.value] where !files.contains(file) {
            flaws.append("there is no certificate \(file)")
        }
        for file in otherFiles where !files.contains(file) { flaws.append("there is no file \(file)") }
        for file in files {
            // The name of no Secret's file: those hold a dot more.
            if file == "tickets/session.key" { continue }
            let folders = ["tls/", "client/", "ca/", "crl/", "dh/", "auth-file/", "auth-map/"]
            let folder = folders.first { file.hasPrefix($0) }
            let suffix = folder?.hasPrefix("auth-") ?? false ? ".users" : ".pem"
            let name = file.dropFirst(folder?.count ?? 0)
            let isSafe = name.utf8.allSatisfy { $0 != UInt8(ascii: "/") && $0 > 0x20 && $0 < 0x7F }
            guard folder != nil, isSafe, name.hasSuffix(suffix), name.utf8.count <= 255 else {
                flaws.append("\(file) is no safe name of a file")
                continue
            }
        }
        return flaws
    }
}

extension PathMatch {
    fileprivate var isRoot: Bool {
        if case .prefix(let path) = self { path.value == "/" } else { false }
    }
}
