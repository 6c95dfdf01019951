import Diagnostics
import Foundation
import Incremental
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// What becomes of a connection to a port of TCP, or of a datagram to one of UDP.
struct PortExplanation {
    let port: PortURL
    private(set) var steps: [Explanation.Step] = []
    /// Who gets the bytes, or why nobody does.
    private(set) var answer = ""
    private(set) var findings: [Diagnostic] = []
    /// Whether that is what serves, where it is known what does.
    var served: ServedAnswer?
    /// What a real nginx does, where it was asked.
    var proof: RequestProof?

    /// Whether nginx, or what serves, has something else.
    var isContradicted: Bool { served?.agrees == false || proof?.agrees == false }

    /// - Parameter client: The address that it comes from.
    init(_ port: PortURL, from client: IPAddress, of result: Pipeline.Result) {
        self.port = port
        let configuration = result.configuration
        let server = configuration.streams?.server(at: port)
        findings = result.diagnostics.filter { $0.isAbout(port, server) }
        guard let server else {
            answer = configuration.answer(at: port)
            return
        }
        explain(server, result)
        guard server.additions?.value.admits(client) ?? true else {
            let effect = server.transport == .udp ? "nothing comes back" : "the connection is closed"
            answer = "\(effect): clients at \(client) are not served"
            return
        }
        answer = "passed on to \(server.destinationText)"
    }

    private mutating func explain(_ server: StreamServer, _ result: Pipeline.Result) {
        let index = ConfigurationIndex(result.generation)
        let block = index.port(server)
        var first = Explanation.Step(name: "port", text: server.portName, part: nil)
        first.ingress = server.origin?.description
        first.place = server.origin.flatMap { result.snapshot.place(of: server.field, in: $0) }
        first.lines = block.map { index.range(of: $0).words }
        steps.append(first)
        add("listens", server.addresses.map(\.description).joined(separator: ", "))
        if server.readsProxyLine {
            add("requires", "each connection must begin with a line of the PROXY protocol, and is closed without it")
        }
        if let access = server.additions?.value.access, !access.isEmpty {
            add("clients", access.map(\.text).joined(separator: ", "))
        }
        let settings = server.additions.map { "\($0.value.settings)" } ?? ""
        if !settings.isEmpty { add("set", settings) }
        if server.sendsProxyLine {
            add("sends", "a line of the PROXY protocol with the client's address comes first to the Service")
        }
        guard case .servers = server.target else {
            return add("backend", "\(server.destinationText), which is resolved while serving")
        }
        var endpoints = Explanation.Step(name: "endpoints", text: server.target.text, part: nil)
        endpoints.lines = index.streamUpstream(server.service).map { index.range(of: $0).words }
        steps.append(endpoints)
    }

    private mutating func add(_ name: String, _ text: String) {
        steps.append(Explanation.Step(name: name, text: text, part: nil))
    }

    /// For people: a line for each step, then the answer, then what is wrong with the port.
    var text: String {
        let width = max(steps.map(\.name.count).max() ?? 0, 6)
        func line(_ name: String, _ words: [String]) -> String {
            ([name.padding(toLength: width, withPad: " ", startingAt: 0)] + words).joined(separator: "  ")
        }
        var lines = ["\(port.transport.rawValue)://\(port.host):\(port.port)", ""]
        lines += steps.map { line($0.name, $0.words) } + [line("answer", [answer])]
        if let served { lines.append(line("served", [served.text])) }
        if let proof { lines.append(line("proof", [proof.text])) }
        if !findings.isEmpty { lines += ["", "findings about it:"] + findings.map(\.line) }
        return lines.map { PrintableText($0, limit: 4_000).text }.joined(separator: "\n")
    }

    /// As JSON has it.
    var record: Record {
        Record(
            port: port.name,
            steps: steps,
            answer: answer,
            proof: proof,
            served: served,
            findings: findings.map(DiagnosticRecord.init)
        )
    }

    struct Record: Encodable {
        var version = 1
        var port: String
        var steps: [Explanation.Step]
        var answer: String
        var proof: RequestProof?
        var served: ServedAnswer?
        var findings: [DiagnosticRecord]
    }
}

extension StreamServices {
    /// The server of a port.
    func server(at port: PortURL) -> StreamServer? {
        servers.first { $0.transport == port.transport && $0.port == port.port }
    }
}

extension StreamTarget {
    /// The first of its addresses, or the name that is resolved while serving.
    var text: String {
        switch self {
        case .name(let host, let port): return "\(host):\(port), which is resolved while serving"
        case .servers(let servers):
            let shown = servers.prefix(5).map(\.description).joined(separator: ", ")
            return servers.count > 5 ? "\(shown), and \(servers.count - 5) more" : shown
        }
    }
}

extension Configuration {
    /// What is at a port that leads to no Service.
    fileprivate func answer(at port: PortURL) -> String {
        let listener = listeners.first { $0.address.port == port.port }
        let isHTTP3 = port.transport == .udp
        guard let listener, !isHTTP3 || listener.scheme == .https && settings.http3 != nil else {
            return "closed: nothing is served at \(port.name)"
        }
        let scheme = listener.scheme.rawValue
        let name = isHTTP3 ? "HTTP/3" : scheme.uppercased()
        return "nginx serves \(name) there; explain a URL, such as \(scheme)://\(port.host)/"
    }
}

extension Diagnostic {
    /// Whether it says something of a port, or of the field that opens it.
    fileprivate func isAbout(_ port: PortURL, _ server: StreamServer?) -> Bool {
        if let server, object == server.origin, field == server.field { return severity != .note }
        if field == "data[\(port.port)]", code.hasPrefix("stream-") || message.contains(port.name) { return true }
        guard let range = message.firstRange(of: port.name) else { return false }
        return !(message[range.upperBound...].first?.isNumber ?? false)
    }
}

extension ClusterSnapshot {
    /// The place of a field of an Ingress or a ConfigMap: `input/ports.yaml:7`.
    fileprivate func place(of field: String, in object: ObjectReference) -> String? {
        let maps = configMaps.lazy.filter { $0.reference == object }.map(\.metadata)
        let metadata = maps.first ?? ingresses.lazy.filter { $0.reference == object }.map(\.metadata).first
        return metadata?.source.map { $0.position(of: field) }.map { "\($0.file):\($0.line)" }
    }
}

extension SocketAddress {
    fileprivate var port: PortNumber? {
        switch self {
        case .internet(_, let port), .port(let port), .anyIPv6(let port): port
        case .unix: nil
        }
    }
}
