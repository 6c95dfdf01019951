import Foundation
import KubernetesModel
import TestSupport
import Testing

@testable import FolderSource

@Suite struct RestTests {
    @Test func `a folder at rest has nothing to read, and a change of the same length is seen`() async throws {
        try await TemporaryFolder.use { parent in
            let folder = try SourceFolder(parent)
            try folder.write(configMap("a"), to: "a.yaml")
            try folder.write(broken, to: "b.yaml")
            try folder.write(configMap("c"), to: "x/c.yaml")
            #expect(mkfifo(folder.path("d.yaml"), 0o600) == 0)
            #expect(symlink("nowhere", folder.path("e.yaml")) == 0)
            let name = FileName(folder.path(""))
            var watch = FolderWatch(of: name)
            var contents = FolderContents(of: name, keepingIn: nil)
            try await eventually("the rest") {
                contents.update(FolderListing(of: name), watch: &watch)
                return !contents.differ(from: FolderListing(of: name), pending: watch.pending)
            }
            let old = try #require(contents.reading.snapshot.configMaps.first)
            try folder.write(configMap("a", "2"), to: "a.yaml")
            #expect(contents.differ(from: FolderListing(of: name), pending: watch.pending))
            contents.update(FolderListing(of: name), watch: &watch)
            #expect(contents.reading.snapshot.configMaps.first?.data == ["value": "2"] && old.data == ["value": "1"])
        }
    }
}
