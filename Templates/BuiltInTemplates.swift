/// The templates that are compiled into the program, as they stand beside this file.
package enum BuiltInTemplates {
    /// Name and text of each.
    package static let all: [(name: String, text: String)] = [
        ("nginx", PackageResources.nginx_tmpl),
        ("process", PackageResources.process_tmpl),
        ("log", PackageResources.log_tmpl),
        ("resources", PackageResources.resources_tmpl),
        ("tls", PackageResources.tls_tmpl),
        ("headers", PackageResources.headers_tmpl),
        ("forwarding", PackageResources.forwarding_tmpl),
        ("places", PackageResources.places_tmpl),
        ("firewall", PackageResources.firewall_tmpl),
        ("exporter", PackageResources.exporter_tmpl),
        ("declaration", PackageResources.declaration_tmpl),
        ("question", PackageResources.question_tmpl),
        ("upstream", PackageResources.upstream_tmpl),
        ("server", PackageResources.server_tmpl),
        ("location", PackageResources.location_tmpl),
        ("guards", PackageResources.guards_tmpl),
        ("script", PackageResources.script_tmpl),
        ("act", PackageResources.act_tmpl),
        ("response-headers", PackageResources.response_headers_tmpl),
        ("response-changes", PackageResources.response_changes_tmpl),
        ("errors", PackageResources.errors_tmpl),
        ("mirror", PackageResources.mirror_tmpl),
        ("stream", PackageResources.stream_tmpl),
        ("stream-server", PackageResources.stream_server_tmpl),
        ("passthrough", PackageResources.passthrough_tmpl),
        ("generation", PackageResources.generation_tmpl),
    ].map { ($0, String(decoding: $1, as: UTF8.self)) }
}
