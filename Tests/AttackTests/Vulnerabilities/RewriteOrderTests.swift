import Commands
import IngressTranslation
import NginxSyntax
import ProxyConfiguration
import Testing

/// The form of what nginx evaluates for each request.
@Suite(.timeLimit(.minutes(10))) struct RewriteOrderTests {
    /// CVE-2026-42945 of nginx: a `rewrite` that takes a group and adds a query, before other directives of its module.
    @Test func `nothing that nginx evaluates stands behind a rewrite`() throws {
        let pipeline = try VulnerabilityTests.pipeline()
        var count = 0
        for setting in SettingTable.all where setting.places.isAnnotation && setting.name != "rewrite-target" {
            for example in setting.examples.isEmpty ? ["true"] : setting.examples {
                let annotations = ["rewrite-target": "/new/$1", setting.name: example]
                let exploit = Exploit(
                    number: "CVE-2026-42945",
                    mechanism: "a rewrite with a group",
                    annotations: annotations,
                    path: "/a/(.*)",
                    pathType: "ImplementationSpecific",
                    vulnerable: ""
                )
                let directives = try pipeline.run([exploit.manifest()]).generation.parsed()
                count += directives.named("rewrite").count { $0.arguments.contains("/new/$1") }
                for block in directives.blocks {
                    let behind = block.drop { !($0.name == "rewrite" && $0.arguments.contains { $0.contains("(.*)") }) }
                        .dropFirst()
                    #expect(!behind.contains { ["if", "rewrite", "set"].contains($0.name) }, "\(setting.name)")
                }
            }
        }
        #expect(count > 100)
        let query = Exploit(
            number: "CVE-2026-42945",
            mechanism: "a rewrite with a group and a query",
            annotations: ["rewrite-target": "/new?a=$1"],
            path: "/a/(.*)",
            pathType: "ImplementationSpecific",
            vulnerable: ""
        )
        let rewrites = try pipeline.run([query.manifest()]).generation.parsed().named("rewrite")
        #expect(rewrites.isEmpty, "a query stands in no rewrite of a path")
    }
}

extension [Directive] {
    /// The directives of each block, and those outside of any.
    fileprivate var blocks: [[Directive]] { [self] + compactMap(\.block).flatMap(\.blocks) }
}
