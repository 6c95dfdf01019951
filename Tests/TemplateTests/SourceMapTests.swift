import Diagnostics
import NginxSyntax
import Template
import Testing

struct SourceMapTests {
    private static let templates: KeyValuePairs<String, String> = [
        "main": """
        {% template Main %}
        events {
        }
        http {
            {% for server in servers %}
            {% include "server" with server %}
            {% end %}
            gzip on;
        }
        """,
        "server": """
        {% template Server %}

        server {
            listen 80;
            {% for location in locations %}
            location {{ location.match }} {
                {% include "upstream" with location %}
            }
            {% end %}
            gzip on;
        }
        """,
        "upstream": """
        {% template Location %}
        proxy_pass http://{{ upstream }};
        """,
    ]

    @Test func `each line belongs to the innermost part that has an origin`() throws {
        let template = try checked(Self.templates, for: Main.self)
        let (web, shop) = (try ingress("web"), try ingress("shop"))
        let main = Main(servers: [
            Server(locations: [try location(shop), try location(nil)], origin: web),
            Server(locations: [try location(nil)]),
        ])
        let rendered = template.render(main)
        let lines = rendered.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        let marked = lines.map { "\(rendered.origins[$0 + 1]?.name ?? "-"): \($1)" }
        #expect(
            marked == [
                "-: events {",
                "-: }",
                "-: http {",
                "web:     server {",
                "web:         listen 80;",
                "shop:         location / {",
                "shop:             proxy_pass http://u1;",
                "shop:         }",
                "web:         location / {",
                "web:             proxy_pass http://u1;",
                "web:         }",
                "web:         gzip on;",
                "web:     }",
                // A blank line goes with the line before it.
                "web: ",
                "-:     server {",
                "-:         listen 80;",
                "-:         location / {",
                "-:             proxy_pass http://u1;",
                "-:         }",
                "-:         gzip on;",
                "-:     }",
                "-:     gzip on;",
                "-: }",
                "-: ",
            ]
        )
    }

    @Test func `the ranges are those of the lines`() throws {
        let (web, shop) = (try ingress("web"), try ingress("shop"))
        let main = Main(servers: [Server(locations: [try location(shop)], origin: web), Server(origin: web)])
        let origins = try checked(Self.templates, for: Main.self).render(main).origins
        let expected = [(4...5, web), (6...8, shop), (9...15, web)]
        #expect(origins.ranges.map(\.lines).prefix(2) == [4...5, 6...8])
        #expect(origins.ranges.map(\.origin) == expected.map(\.1))
        for range in origins.ranges {
            #expect(range.lines.allSatisfy { origins[$0] == range.origin })
        }
        #expect(origins[0] == nil)
        #expect(origins[10_000] == nil)
    }

    @Test func `the root's origin is that of all other lines`() throws {
        let template = try checked(
            ["test": "{% template Server %}\nlisten 80;\n\nlisten 81;"],
            for: Server.self,
            in: .server
        )
        let web = try ingress("web")
        #expect(template.render(Server(origin: web)).origins.ranges.map(\.lines) == [1...3])
    }

    private func ingress(_ name: String) throws -> ObjectReference {
        try #require(ObjectReference(kind: "Ingress", namespace: "a", name: name))
    }

    private func location(_ origin: ObjectReference?) throws -> Location {
        Location(match: .prefix(try #require(LocationPath("/"))), origin: origin)
    }
}
