import NginxRendering
import NginxSyntax
import ProxyConfiguration

/// Holds a rendered configuration against the model that it was rendered from.
struct ConfigurationJudge {
    /// How many servers are there that are none of a host.
    private let serversBesides: Int

    /// Learns from a harmless configuration what the templates write.
    init(learningFrom configuration: Configuration, _ generation: Generation) throws {
        serversBesides = try generation.parsed().servers.count - configuration.servers.count
    }

    /// The differences, for people; none where each value came back as it went in.
    func problems(_ configuration: Configuration, _ generation: Generation) throws -> [String] {
        let directives = try generation.parsed()
        // In a block of values each line begins with a value.
        let values = Set(directives.named("map").flatMap { $0.block ?? [] })
        var problems = directives.flattened.filter { directive in
            !values.contains(directive)
                && (DirectiveGrammar.directives(named: directive.name).isEmpty || directive.arguments.contains("pwned"))
        }.map { "'\($0.name)' stands on line \($0.line)" }
        if directives.servers.count != configuration.servers.count + serversBesides {
            problems.append("\(directives.servers.count) servers for \(configuration.servers.count)")
        }
        let words = directives.flattened.map { [$0.name] + $0.arguments }
        for expected in configuration.expectations where !words.contains(where: expected.isMet) {
            problems.append("nowhere stands \(expected)")
        }
        return problems
    }
}

/// A directive that must stand in a file: its name, and what its arguments must hold.
private struct Expectation: CustomStringConvertible {
    var name: String
    var parts: [String]

    var description: String { ([name] + parts).joined(separator: " ").debugDescription }

    func isMet(_ words: [String]) -> Bool {
        guard words.first == name else { return false }
        let arguments = words.dropFirst().map { Array($0.utf8) }
        // By bytes: texts of one meaning may be written in several ways.
        return parts.allSatisfy { part in arguments.contains { $0.contains(Array(part.utf8)) } }
    }
}

extension Configuration {
    fileprivate var expectations: [Expectation] {
        servers.flatMap(\.expectations)
            + upstreams.flatMap { upstream in
                [Expectation(name: "upstream", parts: [upstream.name.value])]
                    + upstream.servers.map { Expectation(name: "server", parts: ["\($0)"]) }
            }
    }
}

extension VirtualServer {
    fileprivate var expectations: [Expectation] {
        var result = self.locations.flatMap(\.expectations)
        if case .name(let host) = self.host { result.append(Expectation(name: "server_name", parts: [host.value])) }
        if let appRoot = self.policy.appRoot {
            result.append(Expectation(name: "return", parts: [appRoot.path.source]))
        }
        return result
    }
}

extension Location {
    fileprivate var expectations: [Expectation] {
        var result: [Expectation] = []
        switch path {
        case .exact(let path), .prefix(let path):
            // One that is long, or stands beside expressions, is written as an expression.
            let text = path.value
            let plain = text.utf8.allSatisfy {
                $0 < 0x80 && (Character(UnicodeScalar($0)).isLetter || $0 == UInt8(ascii: "/"))
            }
            if plain { result.append(Expectation(name: "location", parts: [text])) }
        case .expression(let expression):
            result.append(Expectation(name: "location", parts: [expression.pattern]))
        }
        guard case .proxy(let proxying) = action else { return result }
        switch proxying.backends.primary {
        case .upstream(let name): result.append(Expectation(name: "proxy_pass", parts: [name.value]))
        case .name(let host, let port):
            result.append(Expectation(name: "set", parts: ["\(host.value):\(port)"]))
        }
        if let rewrite = proxying.rewrite {
            result.append(
                Expectation(name: "rewrite", parts: [rewrite.pattern?.pattern ?? "^", rewrite.target.source])
            )
        }
        return result
    }
}

extension Expression {
    /// As nginx reads it: variables by their names, and a plain dollar sign as the variable that holds one.
    fileprivate var source: String {
        parts.map { part in
            switch part {
            case .literal(let text): text.replacing("$", with: "${dollar}")
            case .variable(let name): "$\(name.value)"
            }
        }.joined()
    }
}

extension Generation {
    /// The directives of nginx.conf, as nginx's lexer reads them.
    func parsed() throws -> [Directive] {
        try ConfigurationParser.parse(files.first { $0.path == "nginx.conf" }?.content.bytes ?? [])
    }
}

extension [Directive] {
    /// Every directive, those within blocks after the one that holds them.
    var flattened: [Directive] { flatMap { [$0] + ($0.block ?? []).flattened } }

    func named(_ name: String) -> [Directive] { flattened.filter { $0.name == name } }

    /// The servers of hosts, and not those of upstreams.
    var servers: [Directive] { named("server").filter { $0.block != nil } }
}
