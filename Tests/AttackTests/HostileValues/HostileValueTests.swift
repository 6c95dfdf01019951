import Commands
import Diagnostics
import Foundation
import IngressTranslation
import Manifests
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import Template
import TestSupport
import Testing

/// Hostile texts in every field of every kind that is read.
@Suite(.timeLimit(.minutes(30))) struct HostileValueTests {
    @Test func `every value comes back as one argument, and nothing else changes`() throws {
        let pipelines = try [true, false].map(Self.pipeline)
        let harmless = try #require(HostileManifests.all.first).text(with: "networking.k8s.io/v1")
        let judges = try pipelines.map { pipeline in
            let result = pipeline.run([ManifestFile(name: "a.json", text: harmless)])
            return try ConfigurationJudge(learningFrom: result.configuration, result.generation)
        }
        var served = 0
        var refused = 0
        for (number, (manifests, text)) in Self.attacks(count: 800, whole: 60_000).enumerated() {
            let (pipeline, judge) = (pipelines[number % 2], judges[number % 2])
            let result = pipeline.run([ManifestFile(name: "a.json", text: manifests.text(with: text))])
            let problems = try judge.problems(result.configuration, result.generation)
            #expect(problems == [], "\(manifests.place) \(text.debugDescription)")
            let lines = result.diagnostics.flatMap { $0.text.split(separator: "\n", omittingEmptySubsequences: false) }
            #expect(!lines.contains { !$0.isPrinted }, "\(manifests.place) \(text.debugDescription)")
            #expect(lines.count <= 2 * result.diagnostics.count)
            if result.configuration.servers.count > 2 { served += 1 } else { refused += 1 }
        }
        // The judgement says little where all is taken, or nothing.
        #expect(served > refused && refused > 0)
    }

    /// Texts that crossplane reads as nginx does: it ends words at blanks of Unicode, and not behind `${`.
    private static func isForCrossplane(_ text: String) -> Bool {
        !text.unicodeScalars.contains { $0 == "$" || $0.value > 0x7F && $0.properties.isWhitespace }
    }

    @Test func `crossplane reads what is rendered as we do`() async throws {
        let pipeline = try Self.pipeline(assuming: true)
        let attacks = Self.attacks(count: 40, whole: 2_000, seed: 2).filter { Self.isForCrossplane($0.1) }
        #expect(attacks.count > 10)
        try await TemporaryFolder.use { folder in
            var trees: [[Directive]] = []
            var files: [URL] = []
            for (number, (manifests, text)) in attacks.enumerated() {
                let result = pipeline.run([ManifestFile(name: "a.json", text: manifests.text(with: text))])
                let file = folder.appending(path: "\(number).conf")
                try Data(result.generation.configurationText.utf8).write(to: file)
                trees.append(try result.generation.parsed())
                files.append(file)
            }
            for (number, theirs) in try await Crossplane.parse(files).enumerated() {
                let found = try #require(theirs, "\(attacks[number].0.place)").flatMap(\.words)
                let ours = trees[number].flatMap(\.words)
                #expect(found == ours, "\(attacks[number].0.place) \(attacks[number].1.debugDescription)")
            }
        }
    }

    /// Places with texts: each place and each text often enough, as a seed has it.
    static func attacks(count: Int, whole: Int, seed: UInt64 = 1) -> [(HostileManifests, String)] {
        var random = SeededRandom(seed: seed)
        var places = HostileManifests.all
        let texts = HostileManifests.texts + HostileText.random(100, seed: seed)
        places.shuffle(using: &random)
        return (0..<Attack.count(count, whole: whole)).compactMap { number in
            texts.randomElement(using: &random).map { (places[number % places.count], $0) }
        }
    }

    static func pipeline(assuming: Bool) throws -> Pipeline {
        let file = try #require(FilePath("tls/default.pem"))
        var settings = TranslationSettings(
            fallbackCertificate: PrivateFile(.certificate, file: file, content: SecretBytes([])),
            listeners: [
                Listener(.http, at: .port(try #require(PortNumber(80)))),
                Listener(.https, at: .port(try #require(PortNumber(443)))),
            ],
            now: 1_767_225_600
        )
        settings.assumesMissingObjects = assuming
        settings.readsManifests = assuming
        settings.resolvers = [.internet(try #require(IPAddress("10.96.0.10")), try #require(PortNumber(53)))]
        var diagnostics: [Diagnostic] = []
        let capabilities = NginxCapabilities(version: NginxVersion(1, 22, 1))
        let renderer = ConfigurationRenderer(for: capabilities, diagnostics: &diagnostics)
        return Pipeline(settings: settings, renderer: try #require(renderer))
    }
}

extension StringProtocol {
    /// Whether a line holds nothing that a terminal, a reader or who runs builds takes for something else.
    var isPrinted: Bool {
        unicodeScalars.allSatisfy(\.prints) && !contains("##") && !drop { $0 == " " }.hasPrefix("::")
    }
}

extension Directive {
    /// Names and arguments, those within the block after their own; crossplane takes the parentheses off conditions.
    fileprivate var words: [[String]] {
        (name == "if" ? [] : [[name] + arguments]) + (block ?? []).flatMap(\.words)
    }
}

extension Crossplane.Node {
    fileprivate var words: [[String]] {
        (name == "if" ? [] : [[name] + arguments]) + (block ?? []).flatMap(\.words)
    }
}
