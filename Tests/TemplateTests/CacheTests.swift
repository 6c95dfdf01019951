import Diagnostics
import NginxSyntax
import Synchronization
import Template
import Testing

struct CacheTests {
    private static let templates: KeyValuePairs<String, String> = [
        "main": """
        {% template Site %}
        http {
            {% for page in pages %}
            {% include "page" with page %}

            {% end %}
        }
        """,
        "page": """
        {% template Page %}

        server {
            server_name www.{{ host }};

            {% for child in children %}
            location /{{ child.host }} {
                # {{ child.host }}
                {% include "body" with child %}
            }
            {% end %}
        }
        {% for child in children %}

        {% include "page2" with child %}
        {% end %}

        """,
        "page2": """
        {% template Page %}
        {% for child in children %}

        server {
            server_name www.{{ child.host }};
        }

        {% end %}
        """,
        "body": """
        {% template Page %}
        add_header X {{ host }};

        """,
    ]

    @Test func `a rendering with a cache gives the bytes and origins of one without`() throws {
        let template = try checked(Self.templates, for: Site.self)
        let counter = Counter()
        var cache = PartCache()
        let sites = [
            [page("a", counter), page("b", counter, [page("c", counter)])],
            [page("a", counter), page("b", counter, [page("d", counter, [page("e", counter)]), page("c", counter)])],
            [],
            [page("b", counter, [page("d", counter, [page("e", counter)])]), page("a", counter), page("a", counter)],
        ]
        for pages in sites {
            let site = Site(pages: pages)
            for _ in 1...2 {
                #expect(template.render(site, cache: &cache) == template.render(site))
            }
        }
    }

    @Test func `only what has changed is rendered again`() throws {
        let template = try checked(Self.templates, for: Site.self)
        let counter = Counter()
        var cache = PartCache()
        var site = Site(pages: (0..<10).map { page("p\($0)", counter) })
        _ = template.render(site, cache: &cache)
        #expect(counter.reads == 10)

        _ = template.render(site, cache: &cache)
        #expect(counter.reads == 10)

        site.pages[3] = page("changed", counter)
        _ = template.render(site, cache: &cache)
        #expect(counter.reads == 11)

        site.pages.reverse()
        _ = template.render(site, cache: &cache)
        #expect(counter.reads == 11)

        _ = template.render(site)
        #expect(counter.reads == 21)
    }

    @Test func `equal parts are rendered once, and each part at each indentation`() throws {
        let templates: KeyValuePairs<String, String> = [
            "main": """
            {% template Site %}
            {% for page in pages %}
            {% include "body" with page %}
              {% include "body" with page %}
            {% end %}
            """,
            "body": "{% template Page %}\nadd_header X {{ host }};",
        ]
        let template = try checked(templates, for: Site.self, in: .location)
        let counter = Counter()
        var cache = PartCache()
        let rendered = template.render(Site(pages: [page("a", counter), page("a", counter)]), cache: &cache)
        #expect(rendered.text == "add_header X a;\n  add_header X a;\nadd_header X a;\n  add_header X a;\n")
        #expect(counter.reads == 2)
    }

    @Test func `parts that the latest rendering did not use are dropped`() throws {
        let template = try checked(Self.templates, for: Site.self)
        let counter = Counter()
        var cache = PartCache()
        _ = template.render(Site(pages: (0..<10).map { page("p\($0)", counter) }), cache: &cache)
        #expect(cache.count == 10)
        _ = template.render(Site(pages: [page("p3", counter)]), cache: &cache)
        #expect(cache.count == 1)
        #expect(counter.reads == 10)
    }

    @Test func `parts of other templates are not used`() throws {
        let counter = Counter()
        var cache = PartCache()
        let site = Site(pages: [page("a", counter)])
        _ = try checked(Self.templates, for: Site.self).render(site, cache: &cache)
        let other: KeyValuePairs<String, String> = [
            "main": "{% template Site %}\n{% for page in pages %}\n{% include \"body\" with page %}\n{% end %}",
            "body": "{% template Page %}\nadd_header Y {{ host }};",
        ]
        let rendered = try checked(other, for: Site.self, in: .location).render(site, cache: &cache)
        #expect(rendered.text == "add_header Y a;\n")
    }

    private func page(_ host: String, _ counter: Counter, _ children: [Page] = []) -> Page {
        let origin = ObjectReference(kind: "Ingress", name: host)
        return Page(host: .named(host), children: children, origin: host == "c" ? nil : origin, counter: counter)
    }
}

/// Counts how often templates have read a field.
private final class Counter: Sendable, Hashable {
    private let count = Mutex(0)

    var reads: Int { count.withLock { $0 } }

    func increment() { count.withLock { $0 += 1 } }

    func hash(into hasher: inout Hasher) {}

    static func == (left: Counter, right: Counter) -> Bool { left === right }
}

private struct Site: TemplateContext {
    var pages: [Page]

    static let name = "Site"
    static let fields: [TemplateField<Self>] = [.list("pages", \.pages)]
}

private struct Page: TemplateContext {
    var host: Identifier
    var children: [Page] = []
    var origin: ObjectReference?
    var counter: Counter

    static let name = "Page"
    static let fields: [TemplateField<Self>] = [
        .argument("host") { page in
            page.counter.increment()
            return page.host
        },
        .list("children", \.children),
    ]
}
