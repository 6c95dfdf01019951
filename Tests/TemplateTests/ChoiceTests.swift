import NginxSyntax
import Template
import Testing

struct ChoiceTests {
    private static let template = """
        {% switch handler %}
        {% case let proxy = proxy %}
        client_max_body_size {{ proxy.maximumBody? }};
        proxy_pass http://{{ proxy.upstream }};
        {% case let target = redirect %}
        return 302 {{ target }};
        {% case hidden %}
        internal;
        {% end %}
        """

    private func location(_ handler: Handler) throws -> Location {
        Location(match: .prefix(try #require(LocationPath("/"))), handler: handler)
    }

    @Test func `a switch renders the branch of the case, with what it carries`() throws {
        let proxy = Proxy(upstream: .named("u7"), maximumBody: ByteSize("1m"))
        let redirect = try #require(Expression(literal: "/new"))
        let rendered = try [.proxy(proxy), .redirect(redirect), .hidden].map { handler in
            try render(try location(handler), Self.template, in: .location)
        }
        #expect(
            rendered == ["client_max_body_size 1m;\nproxy_pass http://u7;\n", "return 302 /new;\n", "internal;\n"]
        )
    }

    @Test func `a branch reads its value and what is around the switch`() throws {
        let template = """
            {% for inner in nested %}
            {% switch inner.handler %}
            {% case let proxy = proxy %}
            proxy_pass http://{{ proxy.upstream }}.{{ upstream }};
            {% case redirect %}
            {% case hidden %}
            {% end %}
            {% end %}
            """
        var outer = try location(.hidden)
        outer.nested = [try location(.hidden), try location(.proxy(Proxy(upstream: .named("inner"))))]
        #expect(try render(outer, template, in: .location) == "proxy_pass http://inner.u1;\n")
    }

    @Test func `a switch may choose the arguments of a directive`() throws {
        let template =
            "return{% switch handler %}{% case proxy %} 500{% case let url = redirect %} 301 {{ url }}"
            + "{% case hidden %} 404{% end %};\n"
        #expect(try render(try location(.hidden), template, in: .location) == "return 404;\n")
        let redirect = try #require(Expression(literal: "/new"))
        #expect(try render(try location(.redirect(redirect)), template, in: .location) == "return 301 /new;\n")
    }
}
