import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import FolderSource

/// The last good state of bad files, over a restart.
@Suite struct RestartTests {
    private func withFolder(_ body: (SourceFolder) async throws -> Void) async throws {
        try await TemporaryFolder.use { try await body(SourceFolder($0)) }
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test(arguments: [broken, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: 5\n"])
    func `the last good text of a bad file serves after a restart`(_ bad: String) async throws {
        try await withFolder { folder in
            try folder.write(configMap("a"), to: "a.yaml")
            let source = try folder.source()
            _ = await source.read()
            #expect(try folder.kept() == [])
            try folder.write(bad, to: "a.yaml")
            let before = await source.read()
            #expect(before.configMaps == ["a=1"])
            let kept = try folder.kept()
            #expect(kept.count == 1)
            for entry in kept { #expect(try mode("\(folder.state)/\(entry)") == 0o600) }
            #expect(try mode(folder.state) == 0o700)

            let restarted = try folder.source()
            #expect(await restarted.read() == before)
            #expect(await restarted.read() == before)
            try folder.write(configMap("a", "2"), to: "a.yaml")
            #expect(try await restarted.read() == FolderReading(folder.fresh()))
            #expect(try folder.kept() == [])
        }
    }

    @Test func `a file that is good again while nobody looks is taken as it is`() async throws {
        try await withFolder { folder in
            try folder.write(configMap("a"), to: "a.yaml")
            try folder.write(configMap("b"), to: "b.yaml")
            let source = try folder.source()
            _ = await source.read()
            try folder.write(broken, to: "a.yaml")
            try folder.write(broken, to: "b.yaml")
            _ = await source.read()
            #expect(try folder.kept().count == 2)
            // The very text that is kept.
            try folder.write(configMap("a"), to: "a.yaml")
            try folder.remove("b.yaml")
            #expect(try await folder.source().read() == FolderReading(folder.fresh()))
            #expect(try folder.kept() == [])
        }
    }

    @Test func `an entry of another file is not used`() async throws {
        try await withFolder { folder in
            try folder.write(configMap("a"), to: "a.yaml")
            let source = try folder.source()
            _ = await source.read()
            try folder.write(broken, to: "a.yaml")
            _ = await source.read()
            let entry = try #require(try folder.kept().first)
            let file = URL(filePath: "\(folder.state)/\(entry)")
            let text = try String(contentsOf: file, encoding: .utf8)
            try Data(text.replacing("a.yaml\n", with: "b.yaml\n").utf8).write(to: file)
            let reading = await (try folder.source()).read()
            #expect(reading.configMaps == [])
            #expect(reading.codes == ["yaml-syntax"])
        }
    }

    @Test func `what cannot be saved is reported, and serves from memory`() async throws {
        try await withFolder { folder in
            try folder.write("", to: "../state")
            try folder.write(configMap("a"), to: "a.yaml")
            let source = try folder.source()
            _ = await source.read()
            try folder.write(broken, to: "a.yaml")
            let reading = await source.read()
            #expect(reading.configMaps == ["a=1"])
            #expect(reading.codes == ["file-not-saved", "yaml-syntax", "file-kept"])
            try folder.remove("../state")
            #expect(await source.read().codes == ["yaml-syntax", "file-kept"])
            #expect(try folder.kept().count == 1)
        }
    }
}
