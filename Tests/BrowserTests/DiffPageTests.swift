import Foundation
import TestSupport
import Testing

/// The page of `postern diff --format html` in a real browser.
struct DiffPageTests {
    /// Two routes change in two namespaces, one of them loses its password, and one appears.
    private static let before = [
        manifest("web", namespace: "shop", host: "shop.example"),
        manifest("guarded", namespace: "office", host: "office.example", annotations: password), secret,
    ]
    private static let after = [
        manifest("web", namespace: "shop", host: "shop.example", service: "web-v2"),
        manifest("guarded", namespace: "office", host: "office.example"),
        manifest("new", namespace: "shop", host: "new.example"), secret,
    ]
    private static let password = """
        {nginx.ingress.kubernetes.io/auth-type: basic, nginx.ingress.kubernetes.io/auth-secret: users}
        """
    private static let secret = """
        apiVersion: v1
        kind: Secret
        metadata: {name: users, namespace: office}
        stringData: {auth: "ada:$apr1$abcdefgh$Vt2sJYQpV3yZgqkzN1vXr1"}

        """

    private static func manifest(
        _ name: String,
        namespace: String,
        host: String,
        service: String = "web",
        annotations: String = "{}"
    ) -> String {
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: \(name)
          namespace: \(namespace)
          annotations: \(annotations)
        spec:
          ingressClassName: nginx
          rules:
          - host: \(host)
            http:
              paths:
              - path: /
                pathType: Prefix
                backend: {service: {name: \(service), port: {number: 80}}}

        """
    }

    private static let shown = "[...document.querySelectorAll('.item:not([hidden]) strong')].map((e) => e.textContent)"

    /// Opens the page of the change of two files in a browser.
    private func open(
        _ old: String = "old.yaml",
        _ new: String = "new.yaml",
        before: [String] = before,
        after: [String] = after,
        _ body: (Browser) async throws -> Void
    ) async throws {
        try await TemporaryFolder.use { folder in
            let postern = try Tool(built: "postern")
            try before.joined(separator: "---\n").write(
                to: folder.appending(path: old),
                atomically: true,
                encoding: .utf8
            )
            try after.joined(separator: "---\n").write(
                to: folder.appending(path: new),
                atomically: true,
                encoding: .utf8
            )
            let outcome = try await postern.run(["diff", "--format", "html", "--quiet", "--", old, new], in: folder)
            #expect(outcome.status == 1)
            let page = folder.appending(path: "page.html")
            try Data(outcome.output).write(to: page)
            try await Browser.use { browser in
                try await browser.open(page)
                try await body(browser)
            }
        }
    }

    @Test func `shows routes first, the dangers of them open, then files side by side`() async throws {
        try await open { browser in
            let headline: String = try await browser.value("document.querySelector('.headline').textContent")
            #expect(headline == "2 routes change, 1 appears, 1 loses authentication; 0 same")
            let sections: [String] = try await browser.value(
                "[...document.querySelectorAll('main h2')].map((e) => e.textContent)"
            )
            #expect(sections.first == "Routes" && sections.last == "Files")
            let open: [String] = try await browser.value(
                "[...document.querySelectorAll('.item[open] strong')].map((e) => e.textContent)"
            )
            #expect(open == ["office.example/"])
            let sides: [[String]] = try await browser.value(
                """
                [...document.querySelectorAll('table.sides tr')].map((row) =>
                    [...row.querySelectorAll('td.line.old, td.line.new')].map((cell) => cell.textContent.trim()))
                    .filter((cells) => cells.length === 2)
                """
            )
            #expect(sides.contains { $0[0].contains("shop_web_80") && $0[1].contains("shop_web-v2_80") }, "\(sides)")
        }
    }

    @Test func `is narrowed down by words, by kind and by namespace`() async throws {
        try await open { browser in
            let all: [String] = try await browser.value(Self.shown)
            #expect(Set(all) == ["shop.example/", "office.example/", "new.example/"])
            try await browser.press("/NEW.example prefix")
            #expect(try await browser.value(Self.shown) == ["new.example/"])
            try await browser.press(Key.escape)
            #expect(try await browser.value(Self.shown) == all)
            try await browser.click("button.danger")
            #expect(try await browser.value(Self.shown) == ["office.example/"])
            try await browser.press(Key.escape)
            try await browser.click("#namespace option[value=shop]")
            #expect(try await Set(browser.value(Self.shown) as [String]) == ["shop.example/", "new.example/"])
            try await browser.press("/nothing like that")
            let isTold: Bool = try await browser.value("!document.getElementById('nothing').hidden")
            #expect(isTold)
        }
    }

    @Test func `is read with the keyboard alone, light and dark`() async throws {
        try await open { browser in
            let focused = "document.activeElement.querySelector('strong')?.textContent"
            let isOpen = "document.activeElement.parentElement.open"
            let names: [String] = try await browser.value(Self.shown)
            try await browser.press("j")
            #expect(try await browser.value(focused) == names[0])
            try await browser.press("jj")
            #expect(try await browser.value(focused) == names[2])
            try await browser.press("k")
            #expect(try await browser.value(focused) == names[1])
            let before: Bool = try await browser.value(isOpen)
            try await browser.press(Key.enter)
            #expect(try await browser.value(isOpen) == !before)
            try await browser.press("x")
            #expect(try await browser.value("document.querySelectorAll('.item:not([open])').length") == 0)
            let background = "getComputedStyle(document.body).backgroundColor"
            let first: String = try await browser.value(background)
            try await browser.press("t")
            #expect(try await browser.value(background) != first)
        }
    }

    @Test func `a thousand Ingresses that change are opened and searched at once`() async throws {
        let before = (0..<1_000).map { Self.manifest("app-\($0)", namespace: "team", host: "app-\($0).example") }
        let after = before.map { $0.replacing("name: web, port", with: "name: web-v2, port") }
        try await open(before: before, after: after) { browser in
            // About 0.6 s on a machine with nothing else to do.
            let loaded: Double = try await browser.value("performance.getEntriesByType('navigation')[0].loadEventEnd")
            #expect(loaded > 0 && loaded < 10_000)
            try await browser.press("/app-999.")
            #expect(try await browser.value(Self.shown) == ["app-999.example/"])
        }
    }

    @Test func `runs nothing of what a manifest or a file is called`() async throws {
        let hostile = "<img src=x onerror=\"document.title='taken'\">"
        let path = #"/"><script>document.title="taken"<\/script>"#
        let bad = Self.manifest(
            "bad",
            namespace: "shop",
            host: "bad.example",
            service: "\"\(hostile.replacing("\"", with: "'"))\""
        )
        .replacing("path: /", with: "path: '\(path)'")
        try await open("old\(hostile).yaml", "new\(hostile).yaml", after: Self.after + [bad]) { browser in
            let title: String = try await browser.value("document.title")
            #expect(title.hasPrefix("postern diff old<img"))
            #expect(try await browser.value("document.images.length") == 0)
            #expect(try await browser.value("document.scripts.length") == 1)
            #expect(try await browser.value("document.body.textContent.includes('<img src=x')") == true)
        }
    }
}
