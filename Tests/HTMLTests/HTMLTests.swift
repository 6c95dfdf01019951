import HTML
import TestSupport
import Testing

struct HTMLTests {
    @Test func `texts and values are escaped`() {
        let html = HTML.element(.td, [.title: #"a"><script>'"#], .element(.code, text: "<b>&'\""))
        #expect(
            html.markup
                == "<td title=\"a&quot;&gt;&lt;script&gt;&#39;\"><code>&lt;b&gt;&amp;&#39;&quot;</code></td>"
        )
    }

    @Test func `what does not print is shown, and moves nothing`() {
        #expect(HTML("a\u{202E}b\u{0}\r\nc").markup == #"a\u{202e}b\u{0}\u{d}\u{a}c"#)
    }

    @Test func `elements stand within each other, and empty ones do not end`() {
        #expect(
            HTML.element(.p, [:], HTML("a"), .element(.input, [.type: "search"]), HTML("b")).markup
                == "<p>a<input type=\"search\">b</p>"
        )
    }

    @Test func `a page holds only its own style and its own program`() {
        let hostile = "</title></script><script>alert(1)</script><img src=x onerror=alert(1)>"
        let item = HTMLPage.Item(
            kinds: ["danger"],
            namespace: hostile,
            search: hostile,
            summary: HTML(hostile),
            content: .element(.pre, text: hostile)
        )
        let other = HTMLPage.Item(namespace: "b", summary: .empty, content: .empty)
        let page = HTMLPage(
            title: hostile,
            headline: hostile,
            kinds: [.init(id: "danger", name: hostile, count: 1)],
            sections: [.init(title: hostile, items: [item, other]), .init(title: "empty", items: [])]
        )
        let text = page.text
        #expect(text.matches(of: /<script/).count == 1)
        #expect(text.matches(of: /<\/script/).count == 1)
        #expect(!text.contains("<img"))
        #expect(!text.contains("empty"))
        #expect(text.contains(/default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+';/))
    }
}
