import NginxSyntax
import Template
import Testing

struct TagTests {
    @Test func `a hole prints its value as one argument`() throws {
        let location = Location(match: .prefix(try #require(LocationPath("/a b"))))
        let text = try render(location, "location {{ match }} {\n    internal;\n}\n")
        #expect(text == "location \"/a b\" {\n    internal;\n}\n")
    }

    @Test func `a list in a hole prints its elements side by side`() throws {
        let names = ["a.example", "b.example"].compactMap(HostName.init).map(ServerName.name)
        #expect(
            try render(Server(hostnames: names), "server_name {{ hostnames }};\n")
                == "server_name a.example b.example;\n"
        )
    }

    @Test func `an empty list in a hole leaves no space behind`() throws {
        let listeners = [Listener(), Listener(options: [Identifier("ssl")!, Identifier("http2")!])]
        let text = try render(
            Server(listeners: listeners),
            "{% for x in listeners %}\nlisten {{ x.port }} {{ x.options }} reuseport;\nlisten {{ x.port }} {{ x.options }};\n{% end %}"
        )
        #expect(
            text == """
                listen 80 reuseport;
                listen 80;
                listen 80 ssl http2 reuseport;
                listen 80 ssl http2;

                """
        )
    }

    @Test func `a flag chooses between branches`() throws {
        let template = """
            {% if http2 %}
            http2 on;
            {% else %}
            http2 off;
            {% end %}
            """
        #expect(try render(Server(http2: true), template) == "http2 on;\n")
        #expect(try render(Server(http2: false), template) == "http2 off;\n")
    }

    @Test func `an optional is unwrapped, under its own name or another`() throws {
        let template = """
            {% if let certificate = certificate %}
            ssl_certificate {{ certificate.path }};
            {% else %}
            ssl_reject_handshake on;
            {% end %}
            {% if let size = maximumBody %}
            client_max_body_size {{ size }};
            {% end %}
            """
        let certificate = Certificate(path: try #require(FilePath("/a.pem")), key: try #require(FilePath("/a.key")))
        let server = Server(certificate: certificate, maximumBody: ByteSize("8k"))
        #expect(try render(server, template) == "ssl_certificate /a.pem;\nclient_max_body_size 8k;\n")
        #expect(try render(Server(), template) == "ssl_reject_handshake on;\n")
    }

    @Test func `a body sees its own variables and those around it`() throws {
        let template = """
            {% if let id = id %}
            {% for location in locations %}
            location {{ location.match }} {
                {% for header in location.headers %}
                add_header {{ header.name }} {{ header.value }};
                access_log {{ id }}-{{ location.upstream }} {{ log.format }};
                {% end %}
            }
            {% end %}
            {% end %}
            """
        let header = Header(name: try #require(Text("X-A")), value: try #require(Expression(literal: "1")))
        let location = Location(match: .prefix(try #require(LocationPath("/"))), headers: [header])
        #expect(
            try render(Server(locations: [location]), template) == """
                location / {
                    add_header X-A 1;
                    access_log s1-u1 combined;
                }

                """
        )
    }

    @Test func `a loop and a choice inside a directive add arguments`() throws {
        let template = """
            {% for listener in listeners %}
            listen {{ listener.port }}{% if listener.usesTLS %} ssl{% end %};
            {% end %}
            server_name{% for name in names %} {{ name }}{% end %};
            """
        let server = Server(
            hostnames: [.any, .name(try #require(HostName("a.example")))],
            listeners: [Listener(), Listener(port: PortNumber(443)!, usesTLS: true)]
        )
        #expect(try render(server, template) == "listen 80;\nlisten 443 ssl;\nserver_name _ a.example;\n")
    }

    @Test func `an identifier may join text`() throws {
        let location = Location(match: .prefix(try #require(LocationPath("/"))))
        let text = try render(location, "proxy_pass http://{{ upstream }};\n", in: .location)
        #expect(text == "proxy_pass http://u1;\n")
    }

    @Test func `a pattern may stand before the closing parenthesis of a condition`() throws {
        let location = Location(match: .prefix(try #require(LocationPath("/"))))
        let text = try render(location, "if ($uri ~ {{ pattern }}) {\n    return 403;\n}\n", in: .location)
        #expect(text == "if ($uri ~ ^/a/(.*)$) {\n    return 403;\n}\n")
    }

    @Test func `comments of the template vanish and those of nginx stay`() throws {
        let template = """
            {# for
               the author #}
            # {{ comment }}
            http2 on; {# why #}
            # {{ log.format }} stays {
            """
        #expect(try render(Server(), template) == "# None x\nhttp2 on;\n# combined stays {\n")
    }

    @Test func `the key of a map entry may be a hole`() throws {
        let template = """
            map $uri $code {
                default 0;
                {% for entry in codes %}
                {{ entry.key }} {{ entry.value }};
                {% end %}
            }
            """
        let entry = MapEntry(
            key: .literal(try #require(Text("/a b"))),
            text: try #require(Text("")),
            value: try #require(Expression(literal: "$"))
        )
        #expect(
            try render(Main(codes: [entry]), template, in: .http) == """
                map $uri $code {
                    default 0;
                    "/a b" ${dollar};
                }

                """
        )
    }
}
