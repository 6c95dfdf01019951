import ArgumentParser
import Foundation
import Incremental
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

@testable import Commands

/// Where things stand in the configurations of all fixtures, and what they come from.
@Suite(.timeLimit(.minutes(10))) struct ConfigurationIndexTests {
    @Test(arguments: Fixture.all)
    func `each server, location and upstream is found, from its name to its brace`(fixture: Fixture) async throws {
        let result = try await fixture.translated()
        let index = ConfigurationIndex(result.generation)
        let lines = result.generation.configurationText.components(separatedBy: "\n").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        func expectBlock(_ directive: Directive, _ name: String) {
            let range = index.range(of: directive)
            #expect(lines[range.lowerBound - 1].hasPrefix(name) && lines[range.upperBound - 1] == "}")
            let block = lines[(range.lowerBound - 1)..<range.upperBound]
            let depth = block.reduce(0) { $0 + ($1.hasSuffix("{") ? 1 : 0) - ($1 == "}" ? 1 : 0) }
            #expect(depth == 0, "\(block)")
        }
        for server in result.configuration.servers {
            let block = try #require(index.server(server.host), "\(server.host.text)")
            expectBlock(block, "server {")
            for location in server.locations {
                let route = Route(server: server, location: location)
                let target = route.sampleTarget ?? "/"
                let found = try #require(index.location(location.path, for: target, in: block), "\(route.name)")
                expectBlock(found, "location ")
                if let lines = index.lines(of: .backend, in: found, of: block) {
                    #expect(index.range(of: block).contains(lines.lowerBound))
                }
            }
        }
        for upstream in result.configuration.upstreams {
            expectBlock(try #require(index.upstream(upstream.name)), "upstream ")
        }
    }

    @Test(arguments: Fixture.all)
    func `each line has blocks around it, and what it comes from is one thing or always the same`(fixture: Fixture)
        async throws
    {
        let result = try await fixture.translated()
        let pipeline = try await fixture.pipeline
        let count = ConfigurationIndex(result.generation).lineCount
        var random = SeededRandom(seed: UInt64(count))
        for _ in 0..<1 {
            let line = Int.random(in: 1...count, using: &random)
            let explanation = try #require(LineExplanation(of: line, in: result, by: pipeline))
            #expect(explanation.parts.allSatisfy { !$0.text.isEmpty }, "\(explanation.printed)")
            // A server of an Ingress is there for it.
            let server = explanation.parts.first { $0.text.hasPrefix("server (") && $0.text != "server (_)" }
            #expect(server == nil || !explanation.reasons.isEmpty, "\(explanation.printed)")
        }
        #expect(LineExplanation(of: count + 1, in: result, by: pipeline) == nil)
        let table = RouteTable(result)
        let sources = ExplanationSources(result, pipeline, table)
        for route in table.routes.prefix(3) {
            guard let target = route.sampleTarget else { continue }
            let request = Request(scheme: .https, host: route.server.host.sample, target: target, isAdmitted: true)
            let explanation = Explanation(request, in: table, of: result, with: sources)
            let steps = explanation.steps.filter { ["server", "location", "backend"].contains($0.name) }
            guard explanation.decision.host == route.server.host else { continue }
            #expect(steps.allSatisfy { $0.lines != nil }, "\(explanation.text)")
        }
    }

    @Test(arguments: Fixture.all)
    func `from no Ingress to a fixture and back is told, and proves no danger where nothing was`(fixture: Fixture)
        async throws
    {
        let (none, all) = (try await Fixture.baseline.translated(), try await fixture.translated())
        for (before, after) in [(none, all), (all, none), (all, all)] {
            let difference = GenerationDiff(from: before, to: after)
            let files = difference.files
            let unified = difference.unified(files, oldName: "old", newName: "new")
            let options = try ReportOptions.parse([])
            let report = try ChangeReport(from: before, to: after, unified: unified, FindingSelection(options))
            let isSame = before.generation.configurationText == after.generation.configurationText
            #expect(isSame || !report.isEmpty)
            let page = ChangePage(report, difference, files, from: "old", to: "new").text
            let json = try ChangeRecord(report).printedJSON()
            for text in [report.text(), report.markdown, report.github, json, page] {
                #expect(!text.contains("PRIVATE KEY"))
            }
            if before.snapshot == after.snapshot {
                #expect(report.isEmpty && report.routes.changes.isEmpty && !report.hasDanger)
            }
        }
    }
}
