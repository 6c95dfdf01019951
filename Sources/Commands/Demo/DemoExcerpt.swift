import Diagnostics
import NginxRendering
import NginxSyntax
import Template

/// The part of a configuration that an Ingress is about.
enum DemoExcerpt {
    /// The names, redirects and proxied locations that come from an Ingress, each on one line.
    static func lines(of object: ObjectReference, in generation: Generation) -> [String] {
        let directives = (try? ConfigurationParser.parse(Array(generation.configurationText.utf8))) ?? []
        let servers = directives.first { $0.name == "http" }?.block?.filter { $0.name == "server" } ?? []
        return servers.flatMap { server in
            (server.block ?? []).filter { generation.origins[$0.line] == object && isShown($0) }.map(text)
        }
    }

    private static func isShown(_ directive: Directive) -> Bool {
        switch directive.name {
        case "server_name", "ssl_certificate", "if": true
        case "location": directive.block?.contains { $0.name == "proxy_pass" } ?? false
        default: false
        }
    }

    private static func text(_ directive: Directive) -> String {
        let head = ([directive.name] + directive.arguments).joined(separator: " ")
        guard let block = directive.block else { return head + ";" }
        return "\(head) { \(block.map(text).joined(separator: " ")) }"
    }
}
