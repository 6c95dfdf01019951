import NginxSyntax
import ProxyConfiguration

/// What a snippet for `stream` asks for.
struct StreamSnippet: Sendable, Hashable {
    /// What holds for all ports that the snippet is about.
    var defaults = StreamRules()
    var servers: [StreamSnippetServer] = []
    /// Whether no port that it is about is served, because what may guard them all is not taken.
    var isClosed = false

    /// Whether nothing comes of it.
    var isEmpty: Bool { self == StreamSnippet() }
}

/// Directives for the connections of a port.
struct StreamRules: Sendable, Hashable {
    var settings = DirectiveSettings<StreamServerBlock>()
    /// Which clients are served, in the order of the text.
    var access: [AccessRule] = []
    var isLogged = true

    /// These where others, of a block inside, do not say otherwise: nginx inherits rules for clients as a whole.
    func overridden(by inner: StreamRules) -> StreamRules {
        StreamRules(
            settings: settings.adding(inner.settings),
            access: inner.access.isEmpty ? access : inner.access,
            isLogged: isLogged && inner.isLogged
        )
    }
}

/// `server` of a snippet.
struct StreamSnippetServer: Sendable, Hashable {
    /// Where its block begins in the text.
    var line: Int
    var ports: [StreamSnippetPort]
    var rules: StreamRules
    var sendsProxyLine: Bool
    var upstream: StreamSnippetUpstream

    /// The directives that an nginx must know for it.
    var directives: [DirectiveSyntax] {
        let inServer = rules.settings.names + (rules.access.isEmpty ? [] : ["allow"])
        return inServer.compactMap { DirectiveGrammar.directive(named: $0, in: .streamServer) }
            + [upstream.balancing.directive].compactMap(\.self)
    }
}

/// A port at which a server of a snippet listens.
struct StreamSnippetPort: Sendable, Hashable {
    var transport: StreamServer.Transport
    var port: PortNumber
    /// `nil` for wherever nginx listens for HTTP.
    var addresses: [IPAddress]?
    var readsProxyLine: Bool
}

/// The servers that a port of a snippet leads to; never empty.
struct StreamSnippetUpstream: Sendable, Hashable {
    var members: [StreamSnippetMember]
    var balancing = StreamUpstream.Balancing.roundRobin

    /// Whether its servers are those of one Service, asked as those of any other.
    var isPlain: Bool {
        members.count == 1 && balancing == .roundRobin && members[0].parameters == StreamMember()
    }
}

/// A server of an upstream.
struct StreamSnippetMember: Sendable, Hashable {
    var host: StreamSnippetHost
    var parameters = StreamMember()
}

extension StreamUpstream.Balancing {
    fileprivate var directive: DirectiveSyntax? {
        let name: String? =
            switch self {
            case .roundRobin: nil
            case .leastConnections: "least_conn"
            case .random: "random"
            case .hash: "hash"
            }
        return name.flatMap { DirectiveGrammar.directive(named: $0, in: .streamUpstream) }
    }
}
