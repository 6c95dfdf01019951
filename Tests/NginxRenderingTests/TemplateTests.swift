import Diagnostics
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import Template
import Templates
import Testing

/// Which templates render, and for which nginx.
struct TemplateTests {
    private func override(_ name: String, _ change: (String) -> String) throws -> TemplateSource {
        let text = try #require(BuiltInTemplates.all.first { $0.name == name }?.text)
        return TemplateSource(name: name, file: "mine/\(name).tmpl", text: change(text))
    }

    @Test(arguments: [
        (NginxVersion(1, 22, 1), false), (NginxVersion(1, 25, 0), false), (NginxVersion(1, 25, 1), true),
        (NginxVersion(1, 30, 0), true),
    ])
    func `HTTP 2 is asked for as the version has it`(_ version: NginxVersion, _ isDirective: Bool) throws {
        let directives = try renderer(version).render(configuration([server("*")])).directives()
        #expect(directives.named("http2").map(\.arguments) == (isDirective ? [["on"]] : []))
        let listen = directives.named("listen").map { $0.arguments.joined(separator: " ") }
        #expect(listen == ["80 default_server", "443 default_server ssl\(isDirective ? "" : " http2")"])
    }

    @Test(arguments: [(NginxVersion(1, 22, 1), false), (NginxVersion(1, 27, 3), false), (NginxVersion(1, 27, 4), true)])
    func `connections outlast a reload where the version can`(_ version: NginxVersion, _ can: Bool) throws {
        let directives = try renderer(version).render(configuration([server("*")])).directives()
        #expect(directives.named("keepalive_min_timeout").map(\.arguments) == (can ? [["10s"]] : []))
    }

    @Test func `a template of one's own takes the place of the built-in one`() throws {
        let mine = try override("location") { $0.replacing("stub_status;", with: "stub_status;\n    charset utf-8;") }
        let counters = Location(path: try exact("/status"), action: .stubStatus)
        let model = try configuration([server("*", [counters])])
        let directives = try renderer(overrides: [mine]).render(model).directives()
        #expect(directives.named("charset").map(\.arguments) == [["utf-8"]])
        #expect(try renderer().render(model).directives().named("charset").isEmpty)
    }

    @Test func `a wrong template is refused with its place`() throws {
        let wrong = try [
            override("server") { $0.replacing("{{ name }}", with: "{{ nome }}") },
            override("location") { $0.replacing("stub_status;", with: "stub_statos;") },
        ]
        var diagnostics: [Diagnostic] = []
        let capabilities = NginxCapabilities(version: NginxVersion(1, 22, 1))
        let refused = ConfigurationRenderer(for: capabilities, overrides: wrong, diagnostics: &diagnostics)
        #expect(refused == nil)
        #expect(diagnostics.contains { $0.message.contains("'nome'") && $0.position?.file == "mine/server.tmpl" })
        #expect(diagnostics.allSatisfy { $0.severity == .error && $0.position?.file.hasPrefix("mine/") == true })
    }

    @Test func `a template that nothing includes is checked too`() throws {
        var diagnostics: [Diagnostic] = []
        let mine = TemplateSource(name: "more", file: "more.tmpl", text: "{% template Server %}\nlisten {{ 👎 }};\n")
        let capabilities = NginxCapabilities(version: NginxVersion(1, 22, 1))
        _ = ConfigurationRenderer(for: capabilities, overrides: [mine], diagnostics: &diagnostics)
        #expect(diagnostics.first?.position?.file == "more.tmpl")
    }
}
