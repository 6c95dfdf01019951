import TestSupport

/// Templates that go wrong for one kind of Ingress.
enum Poison {
    /// nginx refuses each location with a rewrite, and names its line.
    static func rewriteLocations() throws -> [String: String] {
        try replacing("{% if let change = rewrite %}", in: "location") {
            "\($0)\n    proxy_http_version 1.1;\n    proxy_http_version 1.1;"
        }
    }

    /// nginx refuses each server with an app-root, and names no line.
    static func appRootServers() throws -> [String: String] {
        try replacing("{% if let target = appRoot %}", in: "server") {
            "\($0)\n    ssl_certificate nowhere.pem;\n    ssl_certificate_key nowhere.pem;"
        }
    }

    /// nginx refuses every configuration, whatever is in it.
    static func everything() throws -> [String: String] {
        try replacing("{% settings events %}", in: "process") { "\($0)\n    multi_accept on;" }
    }

    /// nginx takes it, and passes requests on with the path that they came with.
    static func forgottenRewrites() throws -> [String: String] {
        try replacing("rewrite ^ {{ change.target }} break;", in: "location") { _ in
            "set $forgotten {{ change.target }};"
        }
    }

    /// No shadow can answer in place of the backends.
    static func withoutEcho() throws -> [String: String] {
        try replacing("listen {{ echo.address }}", in: "nginx") { _ in "listen 127.0.0.1:1" }
    }

    /// Whatever comes to a port of TCP or UDP goes to one Service.
    static func oneUpstreamForAllPorts() throws -> [String: String] {
        try replacing("proxy_pass {{ upstream? }};", in: "stream-server") { _ in "proxy_pass udp_infra_dns_53;" }
    }

    /// Ports of UDP are ports of TCP.
    static func portsWithoutDatagrams() throws -> [String: String] {
        try replacing("{% if usesUDP %} udp{% end %}", in: "stream-server") { _ in "" }
    }

    static func rewrite(_ name: String) -> String { annotated(name, "rewrite-target", "/new") }

    static func appRoot(_ name: String) -> String { annotated(name, "app-root", "/start") }

    private static func annotated(_ name: String, _ annotation: String, _ value: String) -> String {
        Site.ingress(name, path: "/old").replacing(
            "namespace: shop}",
            with: "namespace: shop, annotations: {nginx.ingress.kubernetes.io/\(annotation): \"\(value)\"}}"
        )
    }

    private static func replacing(
        _ text: String,
        in template: String,
        with replacement: (String) -> String
    ) throws -> [String: String] {
        [template: try BuiltInTemplate.replacing([text: replacement(text)], in: template)]
    }
}
