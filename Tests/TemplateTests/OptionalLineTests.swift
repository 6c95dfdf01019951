import NginxSyntax
import Template
import Testing

struct OptionalLineTests {
    private let size = ByteSize("8k")

    @Test func `a line with a value that is absent falls away, and with it its indentation and line break`() throws {
        let template = "server {\n    client_max_body_size {{ maximumBody? }};\n    server_name a;\n}\n"
        #expect(
            try render(Server(maximumBody: size), template, in: .http)
                == "server {\n    client_max_body_size 8k;\n    server_name a;\n}\n"
        )
        #expect(try render(Server(), template, in: .http) == "server {\n    server_name a;\n}\n")
    }

    @Test func `a line with two such values needs both`() throws {
        let template = "location /{{ id? }}-{{ log.format }} { client_max_body_size {{ maximumBody? }}; }\n"
        let both = try render(Server(maximumBody: size), template)
        #expect(both == "location /s1-combined { client_max_body_size 8k; }\n")
        #expect(try render(Server(), template) == "")
        #expect(try render(Server(id: nil, maximumBody: size), template) == "")
    }

    @Test func `one value may stand on its line twice`() throws {
        let template = "add_header {{ id? }} {{ id? }};\n"
        #expect(try render(Server(), template) == "add_header s1 s1;\n")
        #expect(try render(Server(id: nil), template) == "")
    }

    @Test func `such a line may stand in a loop, and read what is around it`() throws {
        let template = "{% for x in listeners %}\nlisten {{ x.port }} {{ id? }};\n{% end %}\n"
        let listeners = [Listener(), Listener()]
        #expect(try render(Server(listeners: listeners), template) == "listen 80 s1;\nlisten 80 s1;\n")
        #expect(try render(Server(id: nil, listeners: listeners), template) == "")
    }

    @Test func `a comment falls away like a directive`() throws {
        let template = "# {{ id? }}\nserver_name a;\n"
        #expect(try render(Server(), template) == "# s1\nserver_name a;\n")
        #expect(try render(Server(id: nil), template) == "server_name a;\n")
    }
}
