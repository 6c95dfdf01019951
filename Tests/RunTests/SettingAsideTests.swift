import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// One Ingress that cannot go live harms nobody else.
@Suite(.timeLimit(.minutes(10)))
struct SettingAsideTests {
    @Test(arguments: Poison.allCases)
    func `an Ingress that goes bad keeps its last good form, and what changes beside it goes live`(
        poison: Poison
    ) async throws {
        try await ControllerSite.use { site in
            let options = try Poison.options(in: site)
            try site.write(Manifest.ingress("well") + Poison.harmless("bad"), to: "both.yaml")
            _ = try await site.run(options) { postern in
                try await site.awaitAnswer("302 /v1", of: "bad.example")
                let well = Manifest.ingress("well", to: "/v2")
                let answers = try await site.asking("bad.example") {
                    try site.write(well + poison.ingress("bad"), to: "both.yaml")
                    try await site.awaitAnswer("302 /v2", of: "well.example")
                    try await eventually("it is told") { site.status?.setAside.isEmpty == false }
                    let entry = try #require(site.status?.setAside.first)
                    #expect(entry.object.kind == "Ingress" && entry.object.name == "bad")
                    #expect(entry.serves == "last-good-form")
                    #expect(entry.finding.message.contains(poison.words), "\(entry.finding)")
                    #expect(entry.finding.file == "\(site.manifests)/both.yaml")
                    #expect(entry.finding.line == well.split(separator: "\n").count + 2)
                    #expect(site.status?.setAside.count == 1 && site.status?.swaps.count == 2)
                    let status = try await site.postern("status", "--state-dir", site.state)
                    #expect(status.status == 1 && status.text.contains("its last good form serves: "), "\(status.text)")
                }
                #expect(Set(answers.keys) == ["302 /v1"], "\(answers)")
                try site.write(well + Poison.harmless("bad", to: "/v3"), to: "both.yaml")
                try await site.awaitAnswer("302 /v3", of: "bad.example")
                try await eventually("nothing is set aside any more") { site.status?.setAside.isEmpty == true }
                let good = try await site.postern("status", "--state-dir", site.state)
                #expect(good.status == 0, "\(good.text)")
            }
        }
    }

    @Test(arguments: Poison.allCases)
    func `one that is bad from the start is left out, until it is mended`(poison: Poison) async throws {
        try await ControllerSite.use { site in
            let options = try Poison.options(in: site)
            try site.write(Manifest.ingress("well"), to: "well.yaml")
            try site.write(poison.ingress("bad"), to: "bad.yaml")
            _ = try await site.run(options) { _ in
                try await site.awaitAnswer("302 /v1", of: "well.example")
                try await eventually("it is told") { site.status?.setAside.isEmpty == false }
                let entry = try #require(site.status?.setAside.first)
                #expect(entry.object.name == "bad" && entry.serves == "nothing")
                #expect(entry.finding.message.contains(poison.words), "\(entry.finding)")
                #expect(try await site.ask("bad.example") == "404")
                try site.write(Poison.harmless("bad", to: "/v3"), to: "bad.yaml")
                try await site.awaitAnswer("302 /v3", of: "bad.example")
            }
        }
    }

    @Test func `the last good form outlasts the death of Postern and nginx`() async throws {
        try await ControllerSite.use { site in
            let options = try Poison.options(in: site)
            try site.write(Poison.harmless("bad"), to: "bad.yaml")
            _ = try await site.run(options) { _ in
                try await site.awaitAnswer("302 /v1", of: "bad.example")
                try site.write(Poison.refusedByLine.ingress("bad"), to: "bad.yaml")
                try await eventually("it is told") { site.status?.setAside.isEmpty == false }
            }
            for process in site.workers.union([site.master]) { kill(process, SIGKILL) }
            try site.write(Manifest.ingress("new"), to: "new.yaml")
            _ = try await site.run(options) { _ in
                try await site.awaitAnswer("302 /v1", of: "new.example")
                #expect(try await site.ask("bad.example") == "302 /v1")
                #expect(site.status?.setAside.map(\.serves) == ["last-good-form"])
            }
        }
    }

    @Test(arguments: [false, true])
    func `what the serving nginx alone refuses is found, and the rest goes live`(onColdStart: Bool) async throws {
        try await ControllerSite.use { site in
            // The shadow has an echo in the place of such a backend, and does not get to see this.
            let external = "{% if let external = externalName %}"
            let trust = "proxy_ssl_verify on;\n    proxy_ssl_trusted_certificate nowhere.pem;"
            let location = try BuiltInTemplate.replacing([external: "\(external)\n    \(trust)"], in: "location")
            mkdir("\(site.folder)/templates", 0o755)
            try Data(location.utf8).write(to: URL(filePath: "\(site.folder)/templates/location.tmpl"))
            let bad = Manifest.ingress("bad", to: "/bad") + Manifest.externalService("bad")
            func write(_ target: String) throws {
                for name in ["a", "b", "c"] { try site.write(Manifest.ingress(name, to: target), to: "\(name).yaml") }
                try site.write(bad, to: "bad.yaml")
            }
            if onColdStart { try write("/v2") } else { try site.write(Manifest.ingress("a"), to: "a.yaml") }
            _ = try await site.run(["--templates", "\(site.folder)/templates"]) { _ in
                if !onColdStart {
                    try await site.awaitAnswer("302 /v1", of: "a.example")
                    try write("/v2")
                }
                try await eventually("it is told") { site.status?.setAside.isEmpty == false }
                let entry = try #require(site.status?.setAside.first)
                #expect(entry.object.name == "bad" && entry.finding.message.contains("nowhere.pem"), "\(entry)")
                for name in ["a", "b", "c"] { try await site.awaitAnswer("302 /v2", of: "\(name).example") }
                #expect(try await site.ask("bad.example") == "404")
                #expect(site.status?.setAside.count == 1)
            }
        }
    }

    @Test func `what goes wrong only beside hosts that have not changed is found, and the rest goes live`() async throws
    {
        try await ControllerSite.use { site in
            // Two servers want a zone of one name with two sizes.
            let zones = """
                {% if let code = httpsRedirect %}
                    ssl_session_cache shared:disputed:1m;
                    {% else %}
                    {% if let target = appRoot %}
                    ssl_session_cache shared:disputed:2m;
                    {% end %}
                    {% end %}
                """
            let listeners = "{% for listener in listeners %}"
            let server = try BuiltInTemplate.replacing([listeners: "\(zones)\n    \(listeners)"], in: "server")
            mkdir("\(site.folder)/templates", 0o755)
            try Data(server.utf8).write(to: URL(filePath: "\(site.folder)/templates/server.tmpl"))
            try site.write((0..<300).map { Manifest.ingress("good-\($0)") }.joined(), to: "good.yaml")
            _ = try await site.run(["--templates", "\(site.folder)/templates"]) { _ in
                try await site.awaitAnswer("302 /v1", of: "good-0.example")
                let workers = site.workers
                let bad = Manifest.ingress("zone", annotations: ["force-ssl-redirect": "true"])
                try site.write(bad + Manifest.ingress("new"), to: "more.yaml")
                try await site.awaitAnswer("302 /v1", of: "new.example")
                try await eventually("it is told") { site.status?.setAside.isEmpty == false }
                let entry = try #require(site.status?.setAside.first)
                #expect(site.status?.setAside.count == 1 && entry.object.name == "zone" && entry.serves == "nothing")
                #expect(entry.finding.message.contains("shared memory zone \"disputed\" conflicts"), "\(entry.finding)")
                #expect(try await site.ask("zone.example") == "404")
                #expect(site.workers.isDisjoint(with: workers))
                #expect(site.status?.swaps.count == 2)
            }
        }
    }

    @Test func `of 1,000 Ingresses all but the bad ones go live in one go`() async throws {
        try await ControllerSite.use { site in
            let options = try Poison.options(in: site)
            let names = (0..<996).map { "good-\($0)" }
            try site.write(names.map { Manifest.ingress($0) }.joined(), to: "good.yaml")
            try site.write(Poison.allCases.map { Poison.harmless($0.hostLabel) }.joined(), to: "bad.yaml")
            _ = try await site.run(options) { _ in
                try await site.awaitAnswer("302 /v1", of: "good-0.example")
                try await eventually("it is told") { site.status?.swaps.count == 1 }
                try site.write(Manifest.ingress("other") + Self.bad, to: "bad.yaml")
                try await site.awaitAnswer("302 /v1", of: "other.example")
                try await eventually("it is told") { site.status?.swaps.count == 2 }
                #expect(Set(site.status?.setAside.map(\.object.name) ?? []) == Set(Poison.allCases.map(\.hostLabel)))
                for poison in Poison.allCases {
                    #expect(try await site.ask("\(poison.hostLabel).example") == "302 /v1", "\(poison)")
                }
                try await Self.expectServed(names, by: site)
            }
        }
    }

    @Test func `of 1,000 Ingresses all but the bad ones go live on a cold start`() async throws {
        try await ControllerSite.use { site in
            let options = try Poison.options(in: site)
            let names = (0..<996).map { "good-\($0)" }
            try site.write(Self.bad, to: "bad.yaml")
            try site.write(names.map { Manifest.ingress($0) }.joined(), to: "good.yaml")
            _ = try await site.run(options) { _ in
                try await site.awaitAnswer("302 /v1", of: "good-0.example")
                try await eventually("it is told") { site.status?.swaps.count == 1 }
                for poison in [Poison.refusedByLine, .refusedWithoutLine] {
                    #expect(try await site.ask("\(poison.hostLabel).example") == "404", "\(poison)")
                }
                try await Self.expectServed(names, by: site)
            }
        }
    }

    /// One Ingress of each kind that cannot go live, among them one that no nginx sees.
    private static var bad: String {
        let unreadable = Manifest.ingress(
            "unreadable",
            path: ("/(", "ImplementationSpecific"),
            annotations: ["use-regex": "true"]
        )
        return Poison.allCases.map { $0.ingress($0.hostLabel) }.joined() + unreadable
    }

    private static func expectServed(_ names: [String], by site: ControllerSite) async throws {
        for name in names { #expect(try await site.ask("\(name).example") == "302 /v1") }
        #expect(try await site.ask("unreadable.example", "/(") == "404")
        #expect(site.status?.swaps.allSatisfy { $0.result == "settled" } == true)
    }
}
