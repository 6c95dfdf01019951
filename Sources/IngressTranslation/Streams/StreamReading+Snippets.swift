import Diagnostics
import Incremental
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// A snippet for `stream`, and whose it is.
struct StreamSnippetSource: Sendable {
    var snippet: StreamSnippet
    var place: StreamPlace
    /// The namespace of Services that are named without one.
    var namespace: String
    /// Whether Services of other namespaces may be named.
    var reach: NamespaceReach
    /// Names upstreams that are none of a Service.
    var name: String { "\(place.object.namespacedName.namespace)_\(place.object.namespacedName.name)" }
}

extension AdmittedIngress {
    /// The ports of TCP and UDP that the Ingress asks for; `nil` where it asks for none, or is refused.
    ///
    /// - Parameter reach: The namespaces whose Services it may name.
    func streams(within reach: NamespaceReach) -> StreamSnippetSource? {
        guard let snippet = values.snippets.stream?.value.streams?.value, !values.isRefused else { return nil }
        return StreamSnippetSource(
            snippet: snippet,
            place: StreamPlace(object: ingress, field: annotationField("stream-snippet")),
            namespace: ingress.metadata.namespace,
            reach: reach
        )
    }
}

extension StreamReading {
    /// The ports that a snippet opens.
    mutating func servers(of source: StreamSnippetSource) -> [StreamServer] {
        guard !source.snippet.isClosed else { return [] }
        var servers: [StreamServer] = []
        for server in source.snippet.servers {
            if let missing = server.directives.first(where: { !(settings.capabilities?.supports($0) ?? true) }) {
                diagnostics.append(source.place.needsNginx(missing, server))
                continue
            }
            for port in server.ports {
                let isOurs = claim(StreamPort(transport: port.transport, number: port.port), for: source.place)
                if isOurs, let server = self.server(server, at: port, of: source) { servers.append(server) }
            }
        }
        return servers
    }

    private mutating func server(
        _ server: StreamSnippetServer,
        at port: StreamSnippetPort,
        of source: StreamSnippetSource
    ) -> StreamServer? {
        let place = StreamPort(transport: port.transport, number: port.port)
        let resolved = resolve(server.upstream, at: place, of: source)
        let text = resolved.service ?? "\(port.transport.rawValue)_own_\(source.name)_\(port.port)"
        guard let target = resolved.target, let service = Identifier(text) else { return nil }
        let sendsProxyLine = server.sendsProxyLine && port.transport == .tcp
        if server.sendsProxyLine, !sendsProxyLine { diagnostics.append(source.place.proxyLineIgnored(at: place)) }
        var additions = additions(source.snippet.defaults.overridden(by: server.rules))
        additions.field = source.place.field
        additions.upstream = resolved.upstream
        return StreamServer(
            port.transport,
            port: port.port,
            addresses: port.addresses.map { $0.map { .internet($0, port.port) } } ?? addresses(of: port.port),
            origin: source.place.object.reference,
            service: service,
            target: target,
            readsProxyLine: port.readsProxyLine,
            sendsProxyLine: sendsProxyLine,
            additions: additions
        )
    }

    /// The result of resolving the servers of a snippet.
    private struct Resolved {
        var target: StreamTarget?
        var upstream: StreamUpstream?
        /// The name of the Service's port, where its servers are all there are.
        var service: String?
    }

    private mutating func resolve(
        _ upstream: StreamSnippetUpstream,
        at port: StreamPort,
        of source: StreamSnippetSource
    ) -> Resolved {
        var (servers, names): ([SocketAddress], [StreamTarget]) = ([], [])
        var members: [SocketAddress: StreamMember] = [:]
        var service: String?
        for member in upstream.members {
            let found = resolve(member.host, at: port, of: source)
            service = found.service
            switch found.target {
            case .servers(let found)?:
                for address in found where !servers.contains(address) {
                    servers.append(address)
                    if member.parameters != StreamMember() { members[address] = member.parameters }
                }
            case .name?: names += found.target.map { [$0] } ?? []
            case nil: break
            }
        }
        if !names.isEmpty {
            guard servers.isEmpty, names.count == 1, upstream.isPlain else {
                diagnostics.append(source.place.nameAmongServers(at: port))
                return Resolved()
            }
            return Resolved(target: names[0], service: service)
        }
        // nginx takes no upstream of backups alone.
        guard servers.contains(where: { !(members[$0]?.isBackup ?? false) }) else { return Resolved() }
        guard !upstream.isPlain else { return Resolved(target: .servers(servers), service: service) }
        return Resolved(
            target: .servers(servers),
            upstream: StreamUpstream(upstream.balancing, members: members)
        )
    }

    private mutating func resolve(
        _ host: StreamSnippetHost,
        at port: StreamPort,
        of source: StreamSnippetSource
    ) -> (target: StreamTarget?, service: String?) {
        switch host {
        case .service(let name, let namespace, let number):
            let name = NamespacedName(namespace: namespace ?? source.namespace, name: name)
            return resolve(name, number, at: port, of: source)
        case .either(let name, let number):
            guard !backends.has(name) else { return resolve(name, number, at: port, of: source) }
            return resolve(host: "\(name.name).\(name.namespace)", number, at: port, of: source)
        case .host(let text, let number): return resolve(host: text, number, at: port, of: source)
        }
    }

    private mutating func resolve(
        host: String,
        _ number: PortNumber,
        at port: StreamPort,
        of source: StreamSnippetSource
    ) -> (target: StreamTarget?, service: String?) {
        switch ExternalTarget(host) {
        case .address(let address): return (.servers([.internet(address, number)]), nil)
        case .name(let name) where !settings.resolvers.isEmpty: return (.name(name, number), nil)
        case .name:
            diagnostics.append(source.place.noResolver(host, at: port))
            return (nil, nil)
        case .unusable: return (nil, nil)
        }
    }

    private mutating func resolve(
        _ service: NamespacedName,
        _ number: PortNumber,
        at port: StreamPort,
        of source: StreamSnippetSource
    ) -> (target: StreamTarget?, service: String?) {
        guard service.isPlain, source.reach == .any || service.namespace == source.namespace else {
            diagnostics.append(source.place.outOfReach(service, at: port))
            return (nil, nil)
        }
        let reference = ServiceReference(service: service, port: .number(Int(number.value)))
        let resolution = backends.resolve(reference, over: port.transport)
        if let fault = resolution.fault {
            let isServed = resolution.target != nil
            diagnostics.append(source.place.finding(fault, with: reference, at: port, isServed: isServed))
        }
        let name = "\(port.transport.rawValue)_\(service.namespace)_\(service.name)_\(resolution.portText)"
        return (resolution.target, name)
    }
}

extension StreamPlace {
    fileprivate func proxyLineIgnored(at port: StreamPort) -> Diagnostic {
        finding(
            .warning,
            "stream-proxy-ignored",
            "'proxy_protocol' has no effect at \(port.name): datagrams have no line of the PROXY protocol"
        )
    }

    fileprivate func outOfReach(_ service: NamespacedName, at port: StreamPort) -> Diagnostic {
        finding(
            .error,
            "stream-service-invalid",
            "Service '\(service)' is of another namespace; \(port.name) is closed",
            hint: "name a Service of the Ingress's own namespace, or set 'allow-cross-namespace-resources' in the "
                + "global ConfigMap"
        )
    }

    fileprivate func nameAmongServers(at port: StreamPort) -> Diagnostic {
        finding(
            .error,
            "stream-service-invalid",
            "a host that is none of a Service is resolved while serving, and must be the only server; "
                + "\(port.name) is closed",
            hint: "name the host in 'proxy_pass' itself, or write addresses"
        )
    }

    fileprivate func noResolver(_ host: String, at port: StreamPort) -> Diagnostic {
        let fault = ResolvedBackend.Fault.noResolver(host)
        return finding(
            .error,
            fault.code,
            "'\(host.excerpt)' cannot be resolved: no name server is known; \(port.name) is closed",
            hint: fault.hint
        )
    }

    fileprivate func needsNginx(_ directive: DirectiveSyntax, _ server: StreamSnippetServer) -> Diagnostic {
        finding(
            .error,
            "snippet-refused",
            "'\(directive.name)' of the server in line \(server.line) needs another nginx than this; its ports are closed"
        )
    }
}
