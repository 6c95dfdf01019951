import Diagnostics
import NginxSyntax
import Template
import Testing

struct LibraryTests {
    @Test func `two templates of one name are refused`() {
        let sources = ["a/server.tmpl", "b/server.tmpl"].map { file in
            TemplateSource(name: "server", file: file, text: "{% template Server %}\nlisten 80;")
        }
        #expect(messages(sources, "server") == ["b/server.tmpl:1:1: there are two templates named 'server'"])
    }

    @Test func `a template that is asked for and does not exist is an error`() {
        #expect(messages([], "server") == ["there is no template 'server'"])
    }

    @Test func `a template that nothing includes is checked all the same`() {
        let sources = [
            TemplateSource(name: "server", file: "server.tmpl", text: "{% template Server %}\nlisten 80;"),
            TemplateSource(
                name: "unused",
                file: "unused.tmpl",
                text: "{% template Log %}\n{% if x %}\n{% end %}\nlocation / {"
            ),
        ]
        #expect(
            messages(sources, "server") == [
                "unused.tmpl:2:7: Log has no field 'x'",
                "unused.tmpl:4:1: 'location' opens a block that this template does not close",
            ]
        )
    }

    @Test func `errors are reported once, however often templates are asked for`() {
        let source = TemplateSource(name: "server", file: "server.tmpl", text: "{% template Server %}\nlisten;")
        let library = TemplateLibrary([source], contexts: [Server.self])
        var diagnostics: [Diagnostic] = []
        for _ in 1...2 {
            #expect(library.template("server", for: Server.self, in: .server, diagnostics: &diagnostics) == nil)
        }
        #expect(diagnostics.count == 1)
    }

    @Test func `the same template may be used in each block where its directives may stand`() {
        let source = TemplateSource(name: "log", file: "log.tmpl", text: "{% template Log %}\ntcp_nodelay on;")
        let library = TemplateLibrary([source], contexts: [Log.self])
        for block in DirectiveContext.allCases {
            var diagnostics: [Diagnostic] = []
            let template = library.template("log", for: Log.self, in: block, diagnostics: &diagnostics)
            let isAllowed =
                block.entry != nil || [.http, .server, .location, .stream, .streamServer].contains(block)
            #expect((template != nil) == isAllowed, "\(block)")
            #expect(diagnostics.isEmpty == isAllowed)
        }
    }

    private func messages(_ sources: [TemplateSource], _ name: String) -> [String] {
        var diagnostics: [Diagnostic] = []
        let library = TemplateLibrary(sources, contexts: [Server.self])
        let template = library.template(name, for: Server.self, in: .server, diagnostics: &diagnostics)
        #expect(template == nil)
        return diagnostics.map { "\($0.position.map { "\($0): " } ?? "")\($0.message)" }
    }
}
