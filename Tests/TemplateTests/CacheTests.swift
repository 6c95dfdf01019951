import Diagnostics
import NginxSyntax
import Synchronization
import Template
import TestSupport
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

        site.pages.insert(page("new", counter), at: 7)
        site.pages.remove(at: 1)
        _ = template.render(site, cache: &cache)
        #expect(counter.reads == 12)

        _ = template.render(site)
        #expect(counter.reads == 22)
    }

    @Test func `whatever comes, goes, moves and changes, it is the rendering of one without a cache`() throws {
        let template = try checked(Self.templates, for: Site.self)
        let counter = Counter()
        var random = SeededRandom(seed: 11)
        var cache = PartCache()
        var pages: [Page] = []
        for round in 0..<300 {
            for number in 0..<Int.random(in: 0...3, using: &random) {
                let children = (0..<Int.random(in: 0...2, using: &random)).map { page("c\($0)", counter) }
                let name = ["c", "r\(round)n\(number)"][Int.random(in: 0...1, using: &random)]
                let new = page(name, counter, children)
                switch Int.random(in: 0..<4, using: &random) {
                case 0 where !pages.isEmpty: pages[Int.random(in: pages.indices, using: &random)] = new
                case 1 where !pages.isEmpty: pages.remove(at: Int.random(in: pages.indices, using: &random))
                default: pages.insert(new, at: Int.random(in: 0...pages.count, using: &random))
                }
            }
            if round % 17 == 0 { pages.shuffle(using: &random) }
            let site = Site(pages: pages)
            #expect(template.render(site, cache: &cache) == template.render(site), "round \(round)")
        }
    }

    @Test func `a text is written over the one before the last, where nobody has that any more`() throws {
        let template = try checked(Self.templates, for: Site.self)
        let counter = Counter()
        var cache = PartCache()
        var site = Site(pages: (0..<100).map { page("p\($0)", counter) })
        func placeOfNext() -> UnsafeRawPointer? {
            site.pages[7].host = Identifier(count: counter.reads)
            return template.render(site, cache: &cache).bytes.withUnsafeBytes(\.baseAddress)
        }
        let places = [placeOfNext(), placeOfNext(), placeOfNext(), placeOfNext()]
        #expect(places[2] == places[0] && places[3] == places[1])

        let kept = template.render(site, cache: &cache)
        let copy = kept.bytes.map(\.self)
        _ = (placeOfNext(), placeOfNext())
        #expect(kept.bytes == copy)
    }

    @Test func `of a part that remembers its lists only what has changed is rendered again`() throws {
        let template = try checked(Self.templates, for: Site.self)
        let counter = Counter()
        var cache = PartCache()
        var long = page("long", counter, (0..<10).map { page("c\($0)", counter) })
        long.memory = ListMemory()
        var site = Site(pages: [page("a", counter), long, page("z", counter)])
        _ = template.render(site, cache: &cache)
        let whole = counter.reads

        site.pages[1].children[4] = page("changed", counter)
        #expect(template.render(site, cache: &cache) == template.render(site))
        // The part itself, and its child thrice; the other rendering reads all.
        #expect(counter.reads == 2 * whole + 4)

        site.pages[0] = page("longer_than_before", counter)
        site.pages[1].children.remove(at: 2)
        #expect(template.render(site, cache: &cache) == template.render(site))
        #expect(counter.reads == 3 * whole + 4 + 2 - 3)
    }

    @Test func `lists are remembered wherever their part has gone, and for whomever it belongs to`() throws {
        let template = try checked(Self.templates, for: Site.self)
        let counter = Counter()
        var random = SeededRandom(seed: 5)
        var cache = PartCache()
        var pages = (0..<6).map { page("p\($0)", counter) }
        for index in pages.indices { pages[index].memory = index % 2 == 0 ? ListMemory() : nil }
        for round in 0..<300 {
            let index = Int.random(in: pages.indices, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: pages.shuffle(using: &random)
            case 1: pages[index].host = .named("r\(round)")
            case 2: pages[index].origin = ObjectReference(kind: "Ingress", name: "r\(round)")
            case 3: pages[index].children = []
            case 4: pages[index].children.shuffle(using: &random)
            default:
                let name = ["c", "n\(round)"][Int.random(in: 0...1, using: &random)]
                let place = Int.random(in: 0...pages[index].children.count, using: &random)
                pages[index].children.insert(page(name, counter, [page("d", counter)]), at: place)
            }
            let site = Site(pages: pages)
            #expect(template.render(site, cache: &cache) == template.render(site), "round \(round)")
        }
    }

    @Test func `lists are forgotten with the last part that had them`() throws {
        let template = try checked(Self.templates, for: Site.self)
        let counter = Counter()
        var cache = PartCache()
        for number in 0..<20 {
            var new = page("p\(number)", counter, [page("c", counter)])
            new.memory = ListMemory()
            _ = template.render(Site(pages: [new]), cache: &cache)
            #expect(cache.partCount <= 2)
        }
    }

    @Test func `elements that stand within a line are not copied as lines`() throws {
        let template: CheckedTemplate<Site> = try checked(
            ["main": "{% template Site %}\nindex a{% for page in pages %} {{ page.host }}{% end %};\n"],
            for: Site.self,
            in: .server
        )
        let counter = Counter()
        var cache = PartCache()
        for names in [["a", "b"], ["b"], [], ["b", "a"], ["c", "b", "a"]] {
            let site = Site(pages: names.map { page($0, counter) })
            #expect(template.render(site, cache: &cache) == template.render(site))
        }
    }

    @Test func `parts that the latest rendering did not use are dropped`() throws {
        let template = try checked(Self.templates, for: Site.self)
        let counter = Counter()
        var cache = PartCache()
        _ = template.render(Site(pages: (0..<10).map { page("p\($0)", counter) }), cache: &cache)
        #expect(cache.count == 10)
        _ = template.render(Site(pages: [page("p0", counter)]), cache: &cache)
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
    static func == (left: Page, right: Page) -> Bool {
        left.host == right.host && left.children == right.children && left.origin == right.origin
    }

    func hash(into hasher: inout Hasher) { hasher.combine(host) }

    var host: Identifier
    var children: [Page] = []
    var origin: ObjectReference?
    var counter: Counter
    var memory: ListMemory?

    static let name = "Page"
    static let fields: [TemplateField<Self>] = [
        .argument("host") { page in
            page.counter.increment()
            return page.host
        },
        .list("children", \.children),
    ]
}
