import NginxSyntax
import Template
import Testing

/// For every value, the rendered file parses into the directives that the template spells out.
struct InjectionTests {
    private static let template = """
        location {{ match }} {
            {% for header in headers %}
            add_header {{ header.name }} {{ header.value }} always;
            {% end %}
            {% if let redirect = redirect %}
            if ($uri ~ {{ pattern }}) {
                return 301 {{ redirect }};
            }
            {% end %}
            # {{ upstream }}
            proxy_pass http://{{ upstream }};
            default_type {{ root }};
        }
        """

    private static let hostile = [
        "", " ", ";", "{", "}", "a;b", "a}b", "a{b", "};\nreturn 200;", "#", "# a", "a #b", "\"", "'", "\"a", "a\"",
        "'a'", "\\", "a\\", "\\\\", "\\;", "\\\"", "\\n", "\\t\\r", "$", "$uri", "${uri}", "a$", "$$", "{{ upstream }}",
        "{% end %}", "{#", "a b", "a\tb", "a\u{0}b", "ü", "=", "~", "~*", "^~", "@a", "default", "include", ")", "(",
        "a)", "on;", "/* */", "//", " leading", "trailing ",
    ]

    @Test(arguments: hostile)
    func `hostile text stays one argument`(_ text: String) throws {
        // What nginx cannot carry has no value to render.
        guard let plain = Text(text), let expression = Expression(literal: text) else { return }
        let path = try #require(LocationPath("/" + text))
        let location = Location(
            match: .prefix(path),
            headers: [Header(name: plain, value: expression)],
            redirect: expression,
            pattern: try (try? RegularExpression(text)) ?? RegularExpression("a b"),
            root: plain
        )
        let rendered = try checked(
            ["test": "{% template Location %}\n" + Self.template],
            for: Location.self,
            in: .server
        ).render(location)
        let directives = try ConfigurationParser.parse(rendered.bytes)

        #expect(directives.map(\.name) == ["location"])
        #expect(directives.first?.arguments == [path.value])
        let block = try #require(directives.first?.block)
        #expect(block.map(\.name) == ["add_header", "if", "proxy_pass", "default_type"])
        #expect(block.map(\.arguments.count) == [3, block[1].arguments.count, 1, 1])
        #expect(block[0].arguments[0] == text)
        #expect(block[0].arguments[1] == text.replacing("$", with: "${dollar}"))
        #expect(block[1].arguments.prefix(2) == ["($uri", "~"])
        #expect(block[1].arguments.dropFirst(2).joined() == location.pattern.pattern + ")")
        #expect(block[1].block?.map(\.name) == ["return"])
        #expect(block[1].block?.first?.arguments == ["301", text.replacing("$", with: "${dollar}")])
        #expect(block[2].arguments == ["http://u1"])
        #expect(block[3].arguments == [text])
    }
}
