import Certificates
import Diagnostics
import Foundation
import NginxRendering
import NginxSyntax
import NginxTestSupport
import ProxyConfiguration
import TestSupport
import Testing

/// No text of a user becomes anything but one argument.
struct InjectionTests {
    private static let texts =
        HostileText.all + HostileText.refused + HostileText.random(200, seed: 3) + [
            String(repeating: "a", count: 10_000), String(repeating: "é;", count: 3_000), "\r\n}", "}\nserver {",
            "a;\n", "web", "a.example", "shop-1", "{{ name }}", "{% end %}", "\\", "x y",
        ]

    @Test func `a rendered file has the structure of a harmless one, and gives every text back`() throws {
        let renderer = try renderer()
        var accepted: [HostileConfiguration.Place: Int] = [:]
        var refused: [HostileConfiguration.Place: Int] = [:]
        for seed in 0..<250 as Range<UInt64> {
            var hostile = HostileConfiguration(seed: seed, isHostile: true, texts: Self.texts)
            var harmless = HostileConfiguration(seed: seed, isHostile: false, texts: Self.texts)
            let found = try renderer.render(hostile.configuration()).directives()
            let wanted = try renderer.render(harmless.configuration()).directives()
            #expect(found.shape == wanted.shape, "seed \(seed)")
            let words = Set(found.flattened.map(\.words))
            for expected in hostile.expected { #expect(words.contains(expected), "seed \(seed)") }
            accepted.merge(hostile.accepted, uniquingKeysWith: +)
            refused.merge(hostile.refused, uniquingKeysWith: +)
        }
        for place in HostileConfiguration.Place.allCases {
            #expect(accepted[place, default: 0] > 10, "\(place)")
            #expect(refused[place, default: 0] > 10, "\(place)")
        }
    }

    /// Texts that can be names of files.
    private static let fileTexts = texts.filter { $0.utf8.count < 200 && !$0.contains("/") }

    /// Texts that crossplane reads as nginx does: it ends words at blanks of Unicode, and not behind `${`.
    private static let crossplaneTexts = fileTexts.filter { text in
        !text.contains { $0 == "\u{A0}" || $0 == "\u{2028}" || $0 == "$" }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `nginx takes what is rendered`(_ seed: UInt64) async throws {
        var hostile = HostileConfiguration(seed: seed, isHostile: true, texts: Self.fileTexts)
        let generation = try renderer().render(hostile.configuration())
        let bundle = try SelfSignedCertificate.make(notBefore: 1_700_000_000, notAfter: 1_900_000_000)
        try await TemporaryFolder.use { folder in
            for name in ["logs", "temporary", "tls"] {
                let path = folder.appending(path: name)
                try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
            }
            for file in generation.files {
                let bytes = file.path == "nginx.conf" ? file.content.bytes : bundle.content.bytes
                try Data(bytes).write(to: URL(filePath: folder.path(percentEncoded: false) + "/" + file.path))
            }
            let (_, output) = try await nginxTest(folder)
            // nginx makes folders for what does not fit into memory, but not those around them.
            let said = output.split(separator: "\n").filter {
                !$0.contains("mkdir()") && !$0.contains(" is successful")
            }
            let isAccepted = said.allSatisfy { $0.contains("syntax is ok") || $0.contains("test failed") }
            #expect(isAccepted && output.contains("syntax is ok"), "\(output)")
        }
    }

    @Test func `crossplane reads what is rendered as we do`() async throws {
        try await TemporaryFolder.use { folder in
            let trees = try (0..<20 as Range<UInt64>).map { seed in
                var hostile = HostileConfiguration(seed: seed, isHostile: true, texts: Self.crossplaneTexts)
                let generation = try renderer().render(hostile.configuration())
                try Data(generation.configurationText.utf8).write(to: folder.appending(path: "\(seed).conf"))
                return try generation.directives()
            }
            let files = trees.indices.map { folder.appending(path: "\($0).conf") }
            for (ours, theirs) in zip(trees, try await Crossplane.parse(files)) {
                let found = try #require(theirs).map(Directive.init).flattened.filter { $0.name != "if" }
                for (theirs, ours) in zip(found, ours.flattened.filter { $0.name != "if" }) {
                    #expect(theirs.words == ours.words)
                }
            }
        }
    }
}

extension [Directive] {
    /// Names, numbers of arguments and nesting.
    fileprivate var shape: [String] {
        map { directive in
            let block = directive.block.map { " {\($0.shape.joined(separator: " "))}" } ?? ";"
            return "\(directive.name) \(directive.arguments.count)\(block)"
        }
    }
}

extension Directive {
    fileprivate init(_ node: Crossplane.Node) {
        self.init(node.name, node.arguments, block: node.block?.map(Directive.init), line: node.line)
    }
}
