import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration

/// Reads a snippet for `stream`: a server of it becomes a port, or is refused with the reason.
///
/// A port opens with all that its server says, or not at all: what is left out might have kept somebody away.
struct StreamSnippetReader {
    private var snippet = StreamSnippet()
    private(set) var remarks: [SnippetRemark] = []
    /// By name; `nil` for one that is refused.
    private var upstreams: [String: StreamSnippetUpstream?] = [:]
    private var usedUpstreams: Set<String> = []

    static func read(_ directives: [Directive]) -> Snippet {
        var reader = Self()
        for directive in directives where directive.name == "upstream" { reader.takeUpstream(directive) }
        for directive in directives where directive.name != "upstream" { reader.take(directive) }
        reader.noteUnused(directives)
        var result = Snippet()
        result.streams = reader.snippet.isEmpty ? nil : ByReference(reader.snippet)
        result.remarks = reader.remarks.sorted { $0.line < $1.line }
        return result
    }

    /// A directive outside of servers, which holds for all ports that the snippet is about.
    private mutating func take(_ directive: Directive) {
        guard directive.name != "server" else { return takeServer(directive) }
        do throws(SnippetRefusal) {
            try Self.check(directive, in: .stream)
            guard try Self.read(directive, into: &snippet.defaults) else {
                throw StreamSnippetAdvice.refusal(of: directive)
            }
        } catch {
            let isHarmless = StreamSnippetAdvice.isHarmless(directive.name)
            if !isHarmless { snippet.isClosed = true }
            note(error, directive, isHarmless ? .leftOut : .closesPorts)
        }
    }

    private mutating func takeServer(_ directive: Directive) {
        var server = StreamServerDraft()
        var isWhole = true
        for inner in directive.block ?? [] {
            do throws(SnippetRefusal) {
                try Self.check(inner, in: .streamServer)
                guard try !Self.read(inner, into: &server.rules) else { continue }
                guard try server.read(inner) else { throw StreamSnippetAdvice.refusal(of: inner) }
            } catch {
                isWhole = false
                note(error, inner, .closesPorts)
            }
        }
        guard isWhole else { return }
        do throws(SnippetRefusal) {
            try Self.check(directive, in: .stream)
            let upstream = try upstream(server.target)
            snippet.servers.append(
                StreamSnippetServer(
                    line: directive.line,
                    ports: try server.groupedPorts,
                    rules: server.rules,
                    sendsProxyLine: server.sendsProxyLine,
                    upstream: upstream
                )
            )
        } catch {
            note(error, directive, .closesPorts)
        }
    }

    /// The upstream that `proxy_pass` names, or the one server.
    private mutating func upstream(_ target: String?) throws(SnippetRefusal) -> StreamSnippetUpstream {
        guard let target else {
            throw SnippetRefusal("it passes nothing on", advice: "add 'proxy_pass' with a Service and its port")
        }
        if let known = upstreams[target] {
            usedUpstreams.insert(target)
            guard let known else { throw SnippetRefusal("its upstream '\(target.excerpt)' is not taken") }
            return known
        }
        return StreamSnippetUpstream(members: [StreamSnippetMember(host: try StreamSnippetHost(target))])
    }

    private mutating func takeUpstream(_ directive: Directive) {
        guard let name = directive.arguments.first, upstreams[name] == nil else {
            return note(SnippetRefusal("the snippet has its name twice, or it has none"), directive, .closesPorts)
        }
        upstreams.updateValue(nil, forKey: name)
        do throws(SnippetRefusal) {
            try Self.check(directive, in: .stream)
            var upstream = StreamSnippetUpstream(members: [])
            for inner in directive.block ?? [] {
                do throws(SnippetRefusal) {
                    try Self.check(inner, in: .streamUpstream)
                    try upstream.read(inner)
                } catch  where error.isNeedless {
                    note(error, inner, .needless)
                } catch {
                    throw SnippetRefusal(
                        "of '\(inner.name.excerpt)' in line \(inner.line): \(error.reason)",
                        advice: error.advice
                    )
                }
            }
            try upstream.checkMembers()
            upstreams[name] = upstream
        } catch {
            note(error, directive, .closesPorts)
        }
    }

    private mutating func noteUnused(_ directives: [Directive]) {
        for directive in directives where directive.name == "upstream" {
            guard let name = directive.arguments.first, upstreams[name] ?? nil != nil, !usedUpstreams.contains(name)
            else { continue }
            note(SnippetRefusal("no server of the snippet names it"), directive, .needless)
        }
    }

    private mutating func note(_ refusal: SnippetRefusal, _ directive: Directive, _ kind: SnippetRemark.Kind) {
        remarks.append(
            SnippetRemark(
                directive: directive.name.excerpt,
                line: directive.line,
                kind: kind,
                reason: refusal.reason,
                advice: refusal.advice
            )
        )
    }
}

extension StreamSnippetReader {
    /// Checks a directive by nginx's own grammar.
    private static func check(_ directive: Directive, in context: DirectiveContext) throws(SnippetRefusal) {
        guard let syntax = DirectiveGrammar.directive(named: directive.name, in: context) else {
            throw StreamSnippetAdvice.refusal(of: directive)
        }
        guard (syntax.opens != nil) == (directive.block != nil) else {
            throw SnippetRefusal(syntax.opens == nil ? "it has no block" : "it needs a block")
        }
        guard syntax.argumentCount.contains(directive.arguments.count) else {
            throw SnippetRefusal("it does not take \(directive.arguments.count) values")
        }
    }

    /// Reads a directive that may stand in a server and outside of it; returns whether it is one.
    private static func read(_ directive: Directive, into rules: inout StreamRules) throws(SnippetRefusal) -> Bool {
        switch directive.name {
        case "allow", "deny": rules.access.append(try AccessRule(directive))
        case "access_log" where directive.arguments == ["off"]: rules.isLogged = false
        default:
            guard let form = settings[directive.name] else { return false }
            try form.set(directive, in: &rules.settings)
        }
        return true
    }

    /// The directives of one value that concern the connections of a port alone.
    private static let settings: [String: SnippetDirectives.Value] = [
        "preread_buffer_size": .size, "preread_timeout": .time, "proxy_buffer_size": .size,
        "proxy_connect_timeout": .time, "proxy_download_rate": .size, "proxy_half_close": .flag,
        "proxy_next_upstream": .flag, "proxy_next_upstream_timeout": .time, "proxy_next_upstream_tries": .number,
        "proxy_protocol_timeout": .time, "proxy_requests": .number, "proxy_responses": .number,
        "proxy_socket_keepalive": .flag, "proxy_timeout": .time, "proxy_upload_rate": .size, "tcp_nodelay": .flag,
    ]
}
