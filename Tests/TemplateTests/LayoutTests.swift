import Diagnostics
import NginxSyntax
import Template
import Testing

struct LayoutTests {
    @Test func `blank lines stay, but never two in a row, nor after an opening brace or before a closing one`() throws {
        let template = """


            {% if http2 %}

            http2 on;

            {% end %}

            location / {

                {% if http2 %}
                internal;

                {% end %}


                return 204;

                {% if http2 %}

                break;
                {% end %}

            }

            {% if http2 %}
            listen 80;
            {% end %}

            """
        #expect(
            try render(Server(http2: true), template) == """
                http2 on;

                location / {
                    internal;

                    return 204;

                    break;
                }

                listen 80;

                """
        )
        #expect(
            try render(Server(http2: false), template) == """
                location / {
                    return 204;
                }

                """
        )
    }

    @Test func `a line whose optional content is absent vanishes`() throws {
        let template = """
            listen 80;

                {% if http2 %}http2 on;{% end %}

            location / { {% if http2 %}internal;{% end %}
            }
            """
        #expect(try render(Server(), template) == "listen 80;\n\nlocation / {\n}\n")
        let on = "listen 80;\n\n    http2 on;\n\nlocation / { internal;\n}\n"
        #expect(try render(Server(http2: true), template) == on)
    }

    @Test func `an absent argument leaves no double space`() throws {
        let template = "listen 80 {% if http2 %}http2{% end %} ssl {% if http2 %}reuseport{% end %};\n"
        #expect(try render(Server(), template) == "listen 80 ssl;\n")
        #expect(try render(Server(http2: true), template) == "listen 80 http2 ssl reuseport;\n")
    }

    @Test func `an escaped space is not taken for a separator`() throws {
        let template = "add_header X a\\ {% if http2 %} always{% end %};\nadd_header Y a\\ \n;\n"
        #expect(try render(Server(), template) == "add_header X a\\ ;\nadd_header Y a\\ \n;\n")
    }

    @Test func `line ends of Windows, trailing spaces and a missing last line break are tidied`() throws {
        #expect(
            try render(Server(), "listen 80;  \r\n\r\n{% if http2 %}\r\n{% end %}\r\nlisten 81;")
                == "listen 80;\n\nlisten 81;\n"
        )
    }

    @Test func `an included part is indented by its tag, part within part`() throws {
        let template = try checked(
            [
                "main": """
                {% template Main %}
                http {
                    {% for server in servers %}

                    {% include "server" with server %}
                    {% end %}
                }
                """,
                "server": """
                {% template Server %}
                server {
                    listen 80;

                    {% for location in locations %}
                        {% include "location" with location %}
                    {% end %}
                }
                """,
                "location": """
                {% template Location %}

                location {{ match }} {

                    proxy_pass http://{{ upstream }}
                        ;
                }

                """,
            ],
            for: Main.self
        )
        let location = Location(match: .prefix(try #require(LocationPath("/"))))
        let main = Main(servers: [Server(locations: [location, location]), Server()])
        #expect(
            template.render(main).text == """
                http {
                    server {
                        listen 80;

                            location / {
                                proxy_pass http://u1
                                    ;
                            }

                            location / {
                                proxy_pass http://u1
                                    ;
                            }
                    }

                    server {
                        listen 80;
                    }
                }

                """
        )
    }

    @Test func `a template that writes nothing gives no lines`() throws {
        let rendered = try checked(["test": "{% template Server %}"], for: Server.self, in: .server).render(Server())
        #expect(rendered.text == "")
        #expect(rendered.origins.lineCount == 0)
    }
}
