import Foundation
import NginxSyntax
import TestSupport
import Testing

/// Our reading of configurations beside that of crossplane.
@Suite struct CrossplaneTests {
    @Test func `reads sample configurations as crossplane does`() async throws {
        let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("NginxSyntaxSamples")
        let files = try FileManager.default.contentsOfDirectory(at: samples, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "conf" }
            .sorted { $0.path < $1.path }
        #expect(!files.isEmpty)
        for (file, nodes) in zip(files, try await Crossplane.parse(files)) {
            let tree = try parsed(String(contentsOf: file, encoding: .utf8))
            #expect(tree.withBareConditions == nodes?.map(Directive.init), "\(file.lastPathComponent)")
        }
    }

    @Test func `reads random configurations as crossplane does`() async throws {
        let folder = try TemporaryFolder()
        let sources = (0..<400).map { RandomConfiguration(seed: $0).source }
        let files = try sources.enumerated().map { try folder.write($1, to: "\($0).conf") }
        for (source, nodes) in zip(sources, try await Crossplane.parse(files)) {
            #expect(try parsed(source) == nodes?.map(Directive.init), "\(source)")
        }
    }

    @Test(arguments: [
        // A blank ends a word, also behind a variable in braces.
        ("${a} b", ["${a}", "b"]),
        // Only the blanks of ASCII do.
        ("a\u{A0}b", ["a\u{A0}b"]),
        // A closing brace inside a word belongs to it.
        ("a}b", ["a}b"]),
    ])
    func `where crossplane reads otherwise, nginx reads as we do`(_ source: String, _ words: [String]) async throws {
        #expect(try parsed("x \(source);").first?.arguments == words)
        let folder = try TemporaryFolder()
        let nodes = try await Crossplane.parse([folder.write("x \(source);", to: "x.conf")])
        #expect(nodes.first??.first?.arguments != words)
        // `map` says what its variable and nothing else holds, and takes exactly two words.
        let entry = words.count == 2 ? source : "k \(source)"
        let said = try Nginx.test(http: "geo $a { default 1; } map $a $x { \(entry); }")
        #expect(said.status == 0, "\(said.output)")
    }

    @Test func `agrees with crossplane on where each directive stands and what it takes`() async throws {
        let known = try await Crossplane.meanings()
        var compared = 0
        // What nginx gained lately crossplane may not know.
        for directive in DirectiveGrammar.all where directive.since == nil && directive.name != "limit_req_zone" {
            let contexts = directive.contexts.filter { $0.entry == nil }.map(\.rawValue)
            guard let meanings = known[directive.name] else { continue }
            for context in contexts where !isNested(directive.name, in: context) {
                let found = meanings.filter { $0.contexts.contains(context) }
                #expect(found.contains { agrees(directive, $0) }, "\(directive.name) in \(context): \(found)")
                compared += 1
            }
        }
        for (name, meanings) in known {
            let ours = Set(DirectiveGrammar.directives(named: name).flatMap(\.contexts).map(\.rawValue))
            guard !ours.isEmpty else { continue }
            #expect(ours.isSuperset(of: meanings.flatMap(\.contexts)), "\(name): \(meanings)")
        }
        #expect(compared > 700)
    }

    @Test(arguments: ["server { CODE }", "server { location / { CODE } }"])
    func `an if holds an include, which crossplane does not know`(_ place: String) throws {
        let code = "if ($host) { include no/such/file*.conf; }"
        let said = try Nginx.test(http: place.replacing("CODE", with: code))
        #expect(said.status == 0, "\(said.output)")
    }

    @Test func `a zone for requests takes three words, where crossplane knows a fourth of NGINX Plus`() throws {
        let said = try Nginx.test(http: "limit_req_zone $uri zone=a:1m rate=1r/s sync;")
        #expect(said.output.contains("invalid number of arguments"), "\(said.output)")
        #expect(DirectiveGrammar.directive(named: "limit_req_zone")?.argumentCount == 3...3)
    }

    /// `include` stands everywhere; crossplane leaves the innermost blocks out.
    private func isNested(_ name: String, in context: String) -> Bool {
        name == "include" && ["ifInServer", "ifInLocation", "limitExcept", "otel_exporter"].contains(context)
    }

    private func agrees(_ directive: DirectiveSyntax, _ meaning: Crossplane.Meaning) -> Bool {
        let least = meaning.counts.min() ?? 0
        let most = meaning.counts.max() ?? 0
        return (directive.opens != nil) == meaning.isBlock && directive.argumentCount.lowerBound <= least
            && directive.argumentCount.upperBound >= most
    }
}

extension Directive {
    fileprivate init(_ node: Crossplane.Node) {
        self.init(node.name, node.arguments, block: node.block?.map(Directive.init), line: node.line)
    }
}

extension [Directive] {
    /// The conditions of `if` without their parentheses, as crossplane gives them.
    fileprivate var withBareConditions: [Directive] {
        map { directive in
            var bare = directive
            bare.block = directive.block?.withBareConditions
            guard directive.name == "if", let first = bare.arguments.first, first.hasPrefix("(") else { return bare }
            bare.arguments[0] = String(first.dropFirst())
            bare.arguments[bare.arguments.count - 1].removeLast()
            bare.arguments.removeAll(where: \.isEmpty)
            return bare
        }
    }
}
