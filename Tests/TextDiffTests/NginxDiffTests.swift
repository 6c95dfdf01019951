import Testing
import TextDiff

@Suite struct `Differences of nginx configurations` {
    private func server(_ name: String, _ lines: String...) -> String {
        (["server {", "    listen 80;", "    server_name \(name);"] + lines.map { "    " + $0 } + ["}", ""])
            .joined(separator: "\n")
    }

    private func changed(_ old: String, _ new: String) -> [String] {
        TextDiff(old: old, new: new).hunks(contextLines: 0).flatMap { hunk in
            hunk.lines.map { ($0.newNumber == nil ? "-" : "+") + $0.text }
        }
    }

    @Test func `a new server is shown from its name to its brace`() {
        let old = server("a") + server("c")
        let new = server("a") + server("b") + server("c")
        #expect(changed(old, new) == ["+server {", "+    listen 80;", "+    server_name b;", "+}"])
    }

    @Test func `a removed location is shown from its name to its brace`() {
        let start = "server {\n    location /a {\n        deny all;\n    }\n"
        let end = "    location /c {\n        deny all;\n    }\n}\n"
        let removed = ["    location /b {", "        deny all;", "    }"]
        let old = start + removed.joined(separator: "\n") + "\n" + end
        #expect(changed(old, start + end) == removed.map { "-" + $0 })
    }

    @Test func `servers that swap places keep their lines together`() {
        let first = server("a", "root /a;", "index a;")
        let second = server("b", "return 404;")
        let lines = changed(first + second, second + first)
        #expect(
            lines.filter { $0.hasPrefix("+") }.map { $0.dropFirst() }
                == lines.filter { $0.hasPrefix("-") }.map { $0.dropFirst() }
        )
        #expect(Set(lines.map { $0.contains("b;") || $0.contains("404") }).count <= 2)
        #expect(!(lines.contains("+    root /a;") && lines.contains("+    return 404;")))
    }
}
