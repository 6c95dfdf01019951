import ArgumentParser
import Diagnostics
import Foundation
import IngressTranslation
import TestSupport
import Testing

@testable import Commands

/// Reports on the manifests of all fixtures.
struct MigrationFixtureTests {
    private static let folder = PackageRoot.url.appending(path: "Fixtures")

    private static let names =
        (try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted())?.filter { name in
            FileManager.default.fileExists(atPath: folder.appending(path: "\(name)/input").path)
        } ?? []

    private func report(_ name: String) async throws -> MigrationReport {
        let path = Self.folder.appending(path: "\(name)/input").path
        return try await Migrate.parse(["--nginx-version", "1.22.1", path]).report().0
    }

    @Test func `every fixture has a report that holds together`() async throws {
        #expect(Self.names.count > 300)
        for name in Self.names {
            let report = try await report(name)
            let items = report.annotations + report.keys + report.flags + report.ports
            #expect(items.allSatisfy { !$0.places.isEmpty }, "\(name)")
            #expect(items.allSatisfy { ($0.verdict == .identical) == ($0.opinion.reason == nil) }, "\(name)")
            #expect(report.routes.allSatisfy { $0.opinion.verdict > .needless && $0.opinion.reason != nil }, "\(name)")
            #expect(report.standings.allSatisfy { ($0.verdict < .different) == $0.causes.isEmpty }, "\(name)")
            #expect(report.isReady == !report.readiness.hasPrefix("Not"), "\(name)")
            #expect(try !MigrationRecord(report).printedJSON().isEmpty, "\(name)")
        }
    }

    /// These are what charts of well-known programs install.
    @Test(arguments: names.filter { $0.hasPrefix("application-") || $0.hasPrefix("k8s-docs-") })
    func `what is in wide use is ready`(_ name: String) async throws {
        let report = try await report(name)
        #expect(report.isReady, "\(report.text)")
    }

    @Test func `findings that are true of ingress-nginx as well are findings that there are`() throws {
        let codes = try Self.codesInSources()
        let unknown = Diagnostic.sameInIngressNginx.filter { code in
            !codes.contains(code)
                && !["annotation-", "configmap-key-", "class-", "alias-", "www-redirect-"].contains { start in
                    code.hasPrefix(start) && codes.contains(String(code.dropFirst(start.count)))
                }
        }
        #expect(unknown.sorted() == [])
    }

    @Test func `settings that differ in other values only are settings that differ`() {
        let differing = Set(
            SettingTable.all.filter { if case .different = $0.comparison { true } else { false } }.map(\.name)
        )
        #expect(OtherValues.settings.union(OtherValues.same.keys).subtracting(differing).sorted() == [])
    }

    @Test func `each flag of ingress-nginx has one verdict`() {
        let known = FlagInventory.same.union(FlagInventory.differing.keys)
        #expect(FlagInventory.same.isDisjoint(with: FlagInventory.differing.keys))
        #expect(known.isDisjoint(with: ForeignOptions.reasons.keys))
        #expect(known.count + ForeignOptions.all.count == 72)
    }

    /// The quoted words with hyphens in the sources that make findings.
    private static func codesInSources() throws -> Set<String> {
        var codes: Set<String> = []
        let sources = PackageRoot.url.appending(path: "Sources")
        for case let file as URL in FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
            ?? .init()
        where file.pathExtension == "swift" && !file.path.contains("/Migrate/") {
            let text = try String(contentsOf: file, encoding: .utf8)
            codes.formUnion(text.matches(of: /"([a-z0-9]+(?:-[a-z0-9]+)*)"/).map { String($0.1) })
            codes.formUnion(text.matches(of: /\)-([a-z]+(?:-[a-z]+)*)"/).map { String($0.1) })
        }
        return codes
    }
}
