import NginxRendering
import NginxSyntax
import ProxyConfiguration

/// Where the parts of a configuration stand in its `nginx.conf`.
struct ConfigurationIndex {
    /// What stands outside of all blocks.
    let directives: [Directive]
    private let lines: [Substring]
    private let servers: [String: Directive]
    private let upstreams: [String: Directive]

    init(_ generation: Generation) {
        self.init(generation.configurationText)
    }

    /// Finds nothing in a text that nginx would not take.
    init(_ text: String) {
        directives = (try? ConfigurationParser.parse(Array(text.utf8), within: 100)) ?? []
        lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Substring.init)
        let http = directives.first { $0.name == "http" }?.block ?? []
        var servers: [String: Directive] = [:]
        var upstreams: [String: Directive] = [:]
        for directive in http {
            switch directive.name {
            case "server":
                let names = directive.block?.first { $0.name == "server_name" }?.arguments ?? []
                for name in names where servers[name] == nil { servers[name] = directive }
            case "upstream": upstreams[directive.arguments.first ?? ""] = directive
            default: break
            }
        }
        (self.servers, self.upstreams) = (servers, upstreams)
    }

    var lineCount: Int { lines.last == "" ? lines.count - 1 : lines.count }

    /// The text of a line, without the blanks around it.
    func text(of line: Int) -> String {
        guard lines.indices.contains(line - 1) else { return "" }
        return String(Substring(lines[line - 1].drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()))
    }

    /// The server of a port of TCP or UDP.
    func port(_ server: StreamServer) -> Directive? {
        let addresses = server.addresses.map(\.description)
        return streamServer(server.transport) { addresses.contains($0) }
    }

    /// The server of a port of TCP or UDP, at whichever address.
    func port(_ port: PortURL) -> Directive? {
        streamServer(port.transport) { $0 == "\(port.port)" || $0.hasSuffix(":\(port.port)") }
    }

    private func streamServer(_ transport: StreamServer.Transport, _ listens: (String) -> Bool) -> Directive? {
        streams.first { block in
            let directives = block.block ?? []
            // Those that pass TLS on are no ports of TCP.
            return block.name == "server" && !directives.contains { $0.name == "ssl_preread" }
                && directives.contains { listen in
                    listen.name == "listen" && listen.arguments.contains("udp") == (transport == .udp)
                        && listens(listen.arguments.first ?? "")
                }
        }
    }

    /// The upstream of a port of TCP or UDP.
    func streamUpstream(_ name: Identifier) -> Directive? {
        streams.first { $0.name == "upstream" && $0.arguments.first == name.value }
    }

    /// The entry that says who gets connections of TLS for a host; `nil` where HTTPS does.
    func passed(_ host: HostPattern) -> Directive? {
        let name =
            switch host {
            case .any: ""
            case .name(let name): name.value
            case .wildcard(let parent): "~*^[^.]+\\.\(RegularExpression.escaping(parent.value))$"
            }
        let hosts = streams.first { $0.name == "map" && $0.arguments.first == "$ssl_preread_server_name" }
        return hosts?.block?.first { $0.name == name && $0.arguments != [""] }
    }

    private var streams: [Directive] { directives.first { $0.name == "stream" }?.block ?? [] }

    func server(_ host: HostPattern) -> Directive? { servers[host.nginxName] }

    func upstream(_ name: Identifier) -> Directive? { upstreams[name.value] }

    /// The block of a server that takes requests of a location for a target: of two blocks for one prefix the one
    /// that the target comes to.
    func location(_ path: PathMatch, for target: String, in server: Directive) -> Directive? {
        let blocks = (server.block ?? []).filter { $0.name == "location" }
        let words = path.blocks(for: target)
        return words.lazy.compactMap { words in blocks.first { $0.arguments.withoutLimit == words } }.first
    }

    /// From the name of a directive to its end, with the brace that closes it.
    func range(of directive: Directive) -> ClosedRange<Int> {
        guard let block = directive.block else { return directive.line...directive.line }
        var line = (block.last.map { range(of: $0).upperBound } ?? directive.line) + (block.isEmpty ? 0 : 1)
        // The arguments of a directive may go on in further lines.
        while line < lines.count, text(of: line) != "}" { line += 1 }
        return directive.line...line
    }

    /// The innermost blocks around a line, from the outermost to the directive that stands there.
    func chain(at line: Int) -> [Directive] {
        var chain: [Directive] = []
        var level = directives
        while let directive = level.last(where: { $0.line <= line }), range(of: directive).contains(line) {
            chain.append(directive)
            level = directive.block ?? []
        }
        return chain
    }
}

extension [String] {
    /// Without what an expression begins with to be bounded in steps.
    fileprivate var withoutLimit: [String] {
        guard var last = last?[...] else { return self }
        while last.hasPrefix("(*"), let end = last.firstIndex(of: ")") { last = last[last.index(after: end)...] }
        return dropLast() + [String(last)]
    }
}

extension HostPattern {
    /// The name that a server has for it.
    fileprivate var nginxName: String {
        switch self {
        case .any: "_"
        case .name(let name): name.value
        case .wildcard(let parent): "~^[^.]+\\.\(RegularExpression.escaping(parent.value))$"
        }
    }
}

extension PathMatch {
    /// The arguments of the `location` blocks that may stand for it, those first that a target comes to.
    fileprivate func blocks(for target: String) -> [[String]] {
        switch self {
        case .exact(let path):
            return [["=", path.value], ["~", "^\(RegularExpression.escaping(path.value))\\z"]]
        case .prefix(let path):
            let exact = ["=", path.value]
            let below = [path.value.hasSuffix("/") ? path.value : path.value + "/"]
            let ordered = ["~", "^\(RegularExpression.escaping(path.value))(?:/|\\z)"]
            let isWhole = target.prefix { $0 != "?" && $0 != "#" } == path.value
            return (isWhole ? [exact, below] : [below, exact]) + [ordered]
        case .expression(let expression):
            return [["~*", (try? expression.anchored())?.pattern ?? expression.pattern]]
        }
    }
}
