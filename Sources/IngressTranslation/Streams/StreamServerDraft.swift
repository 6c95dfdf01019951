import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// A server of a snippet while its block is read.
struct StreamServerDraft {
    var rules = StreamRules()
    private(set) var target: String?
    private(set) var sendsProxyLine = false
    private var listens: [Listen] = []

    private struct Listen {
        var transport = StreamServer.Transport.tcp
        var port: PortNumber
        /// `nil` for every address.
        var address: IPAddress?
        var readsProxyLine = false
    }

    /// Reads a directive that only a server may have; returns whether it is one.
    mutating func read(_ directive: Directive) throws(SnippetRefusal) -> Bool {
        switch directive.name {
        case "listen": listens.append(try Self.listen(directive.arguments))
        case "proxy_pass":
            guard target == nil else { throw SnippetRefusal("the server has it twice") }
            target = directive.arguments.first
        case "proxy_protocol":
            guard let word = directive.arguments.first, ["on", "off"].contains(word) else {
                throw SnippetRefusal("it is 'on' or 'off'")
            }
            sendsProxyLine = word == "on"
        default: return false
        }
        return true
    }

    /// The ports, each once with all of its addresses.
    var groupedPorts: [StreamSnippetPort] {
        get throws(SnippetRefusal) {
            guard !listens.isEmpty else {
                throw SnippetRefusal("it listens nowhere", advice: "add 'listen' with a port")
            }
            var ports: [StreamSnippetPort] = []
            for listen in listens {
                let addresses = listen.address.map { [$0] }
                guard
                    let index = ports.firstIndex(where: { $0.transport == listen.transport && $0.port == listen.port })
                else {
                    ports.append(
                        StreamSnippetPort(
                            transport: listen.transport,
                            port: listen.port,
                            addresses: addresses,
                            readsProxyLine: listen.readsProxyLine
                        )
                    )
                    continue
                }
                guard ports[index].readsProxyLine == listen.readsProxyLine else {
                    throw SnippetRefusal("lines of the PROXY protocol come to one of its addresses only")
                }
                if let known = ports[index].addresses, let addresses {
                    ports[index].addresses = known + addresses.filter { !known.contains($0) }
                } else {
                    ports[index].addresses = nil
                }
            }
            return ports
        }
    }

    private static func listen(_ words: [String]) throws(SnippetRefusal) -> Listen {
        guard let place = words.first, !place.hasPrefix("unix:") else {
            throw SnippetRefusal("Postern listens at ports alone")
        }
        var listen: Listen
        if let port = StreamSnippetHost.port(place) {
            listen = Listen(port: port)
        } else {
            let colon = place.lastIndex(of: ":") ?? place.startIndex
            let host = place[..<colon].filter { !"[]".contains($0) }
            guard let port = StreamSnippetHost.port(place[colon...].dropFirst()) else {
                throw SnippetRefusal("'\(place.excerpt)' is no port", advice: "name each port by its number")
            }
            listen = Listen(port: port)
            if !["*", "0.0.0.0", "::"].contains(host) {
                guard let address = IPAddress(host) else {
                    throw SnippetRefusal("'\(place.excerpt)' is no address with a port")
                }
                listen.address = address
            }
        }
        for word in words.dropFirst() {
            switch word {
            case "udp": listen.transport = .udp
            case "proxy_protocol": listen.readsProxyLine = true
            // As all ports are listened at in any case.
            case "bind", "ipv6only=off", "ipv6only=on", "reuseport": break
            default:
                throw SnippetRefusal("it takes a port, 'udp' and 'proxy_protocol', and not '\(word.excerpt)'")
            }
        }
        guard listen.transport == .tcp || !listen.readsProxyLine else {
            throw SnippetRefusal("datagrams of UDP have no line of the PROXY protocol")
        }
        return listen
    }
}

extension StreamSnippetUpstream {
    /// Reads a directive of `upstream`.
    mutating func read(_ directive: Directive) throws(SnippetRefusal) {
        switch directive.name {
        case "server": members.append(try StreamSnippetMember(directive.arguments))
        case "zone": throw .needless("each of nginx's workers counts for itself")
        case "least_conn": balancing = .leastConnections
        case "random":
            let words = directive.arguments
            guard words.isEmpty || words == ["two"] || words == ["two", "least_conn"] else {
                throw SnippetRefusal("it takes 'two' and 'least_conn'")
            }
            balancing = .random(ofTwo: !words.isEmpty)
        case "hash":
            let words = directive.arguments
            guard words.count == 1 || words[1] == "consistent" else { throw SnippetRefusal("it takes 'consistent'") }
            balancing = .hash(try Self.key(words[0]), isConsistent: words.count == 2)
        default: throw StreamSnippetAdvice.refusal(of: directive)
        }
    }

    private static func key(_ text: String) throws(SnippetRefusal) -> Expression {
        do throws(ValueError) {
            let parts = try Expression.parts(of: text, .ofStreamKeys) { (0x21...0x7E).contains($0) }
            if !parts.isEmpty, let key = Expression(parts: parts) { return key }
        } catch {
            throw SnippetRefusal(error, of: text)
        }
        throw SnippetRefusal("'\(text.excerpt)' is no text that tells clients apart")
    }

    /// Checks what nginx would refuse of its servers together.
    func checkMembers() throws(SnippetRefusal) {
        guard members.contains(where: { !$0.parameters.isBackup }) else {
            throw SnippetRefusal("it has no server", advice: "add 'server' with a Service and its port")
        }
        let hasBackup = members.contains(where: \.parameters.isBackup)
        switch balancing {
        case .hash, .random:
            if hasBackup { throw SnippetRefusal("nginx takes no 'backup' beside 'hash' and 'random'") }
        case .roundRobin, .leastConnections: break
        }
    }
}

extension StreamSnippetMember {
    /// Reads the words of `server` in an upstream.
    fileprivate init(_ words: [String]) throws(SnippetRefusal) {
        host = try StreamSnippetHost(words.first ?? "")
        for word in words.dropFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let value = parts.count == 2 ? parts[1] : ""
            let number = Int(value).flatMap { (0...65_535).contains($0) ? Number($0) : nil }
            switch (parts[0], number) {
            case ("weight", let number?) where number > Number(0): parameters.weight = number
            case ("max_fails", let number?): parameters.mostFailures = number
            case ("max_conns", let number?): parameters.mostConnections = number
            case ("fail_timeout", _):
                guard let time = TimeSpan(value) else { throw SnippetRefusal("'\(word.excerpt)' names no time") }
                parameters.failureTime = time
            case ("backup", _) where parts.count == 1: parameters.isBackup = true
            default: throw SnippetRefusal("'\(word.excerpt)' is none of the parameters that Postern takes")
            }
        }
    }
}
