import Diagnostics
import Foundation
import KubernetesModel
import TestSupport
import Testing

@testable import FolderSource

/// Everything here is told by the system: the folder is not looked at from time to time.
@Suite struct ChangeTests {
    @Test func `files appear, change, move and vanish`() async throws {
        try await WatchedFolder.use(containing: ["a.yaml": configMap("a")]) { folder in
            try await folder.expect(["a=1"])
            try folder.write(configMap("b"), to: "b.yml")
            try await folder.expect(["a=1", "b=1"])
            try folder.write(configMap("a", "2"), to: "a.yaml")
            try await folder.expect(["a=2", "b=1"])
            try folder.move("a.yaml", to: "c.json")
            try await folder.expect(["a=2", "b=1"])
            let moved = await folder.source.read().snapshot.configMaps.last?.metadata.source?.position
            #expect(moved?.file == folder.path("c.json"))
            try folder.move("c.json", to: "b.yml")
            try await folder.expect(["a=2"])
            try folder.remove("b.yml")
            try await folder.expect([])
            #expect(await folder.latest.diagnostics == [])
        }
    }

    @Test func `a file that changes within the same moment to the same length is read again`() async throws {
        try await WatchedFolder.use { folder in
            for value in 0..<100 {
                try folder.write(configMap("a", "\(value % 10)"), to: "a.yaml")
                // Not at once: a process that another test starts may hold the file open for a moment longer.
                try await folder.expect(["a=\(value % 10)"])
            }
        }
    }

    @Test func `folders come and go with all that is in them`() async throws {
        try await WatchedFolder.use { folder in
            try folder.write(configMap("a"), to: "x/y/z/a.yaml")
            try await folder.expect(["a=1"])
            try folder.write(configMap("b"), to: "x/y/b.yaml")
            try await folder.expect(["a=1", "b=1"])
            try folder.move("x", to: "../elsewhere")
            try await folder.expect([])
            try folder.move("../elsewhere", to: "back")
            try await folder.expect(["a=1", "b=1"])
            try folder.write(configMap("a", "2"), to: "back/y/z/a.yaml")
            try await folder.expect(["a=2", "b=1"])
            try folder.move("back/y", to: "y")
            try folder.write(configMap("b", "2"), to: "y/b.yaml")
            try await folder.expect(["a=2", "b=2"])
            try folder.remove("y")
            try await folder.expect([])
        }
    }

    @Test func `what a mounted ConfigMap holds changes by one link`() async throws {
        try await WatchedFolder.use { folder in
            try folder.write(configMap("a", "old"), to: "..2026_1/web.yaml")
            try folder.link("..data", to: "..2026_1")
            try folder.link("web.yaml", to: "..data/web.yaml")
            try await folder.expect(["a=old"])
            try folder.write(configMap("a", "new"), to: "..2026_2/web.yaml")
            try folder.link("..data_tmp", to: "..2026_2")
            try folder.move("..data_tmp", to: "..data")
            try folder.remove("..2026_1")
            try await folder.expect(["a=new"])
        }
    }

    @Test func `the target of a link is looked at from time to time`() async throws {
        let limit = Duration.milliseconds(50)
        try await WatchedFolder.use(scanInterval: limit, writeLimit: limit) { folder in
            try folder.write(configMap("a"), to: "../elsewhere.yaml")
            try folder.link("a.yaml", to: "../elsewhere.yaml")
            try await folder.expect(["a=1"])
            try folder.write(configMap("a", "2"), to: "../elsewhere.yaml")
            try await folder.expect(["a=2"])
        }
    }

    @Test func `folders are not entered through links`() async throws {
        try await WatchedFolder.use { folder in
            try folder.write(configMap("a"), to: "a/a.yaml")
            try folder.link("circle", to: ".")
            try folder.link("circle.yaml", to: ".")
            try folder.write(configMap("b"), to: "b.yaml")
            try await folder.expect(["a=1", "b=1"])
            #expect(await folder.latest.diagnostics == [])
        }
    }

    @Test func `an editor's way of saving does no harm`() async throws {
        try await WatchedFolder.use(containing: ["a.yaml": configMap("a")]) { folder in
            try await folder.expect(["a=1"])
            for name in ["4913", ".a.yaml.swp", "a.yaml~", "#a.yaml#", ".a.yaml"] { try folder.write(broken, to: name) }
            try folder.move("a.yaml", to: "a.yaml~")
            try folder.write(configMap("a", "2"), to: "a.yaml.tmp")
            try folder.move("a.yaml.tmp", to: "a.yaml")
            try await folder.expect(["a=2"])
            #expect(await folder.latest.diagnostics == [])
        }
    }

    @Test func `a file is not read while somebody writes it`() async throws {
        try await WatchedFolder.use(containing: ["a.yaml": configMap("a")]) { folder in
            try await folder.expect(["a=1"])
            let handle = try #require(FileHandle(forWritingAtPath: folder.path("a.yaml")))
            try handle.truncate(atOffset: 0)
            try handle.write(contentsOf: Data((configMap("a", "2") + "---\n").utf8))
            try folder.write(configMap("b"), to: "b.yaml")
            try await folder.expect(["a=1", "b=1"])
            try handle.write(contentsOf: Data(configMap("c").utf8))
            #expect(await folder.source.read().configMaps == ["a=1", "b=1"])
            try handle.close()
            try await folder.expect(["a=2", "b=1", "c=1"])
        }
    }

    @Test func `a new file is not read before it is closed, in a new folder neither`() async throws {
        try await WatchedFolder.use { folder in
            let root = try #require(creating(folder.path("a.yaml")))
            try folder.write(configMap("b"), to: "sub/b.yaml")
            try await folder.expect(["b=1"])
            let below = try #require(creating(folder.path("sub/c.yaml")))
            try root.write(contentsOf: Data(broken.utf8))
            try below.write(contentsOf: Data(broken.utf8))
            let reading = await folder.source.read()
            #expect(reading.configMaps == ["b=1"])
            #expect(reading.diagnostics == [])
            try root.close()
            try below.close()
            try await folder.expectCodes(["yaml-syntax", "yaml-syntax"])
        }
    }

    private func creating(_ path: String) -> FileHandle? {
        FileManager.default.createFile(atPath: path, contents: nil) ? FileHandle(forWritingAtPath: path) : nil
    }

    @Test func `a file that nobody closes is read in the end`() async throws {
        try await WatchedFolder.use(writeLimit: .milliseconds(100), containing: ["a.yaml": configMap("a")]) { folder in
            try await folder.expect(["a=1"])
            let handle = try #require(FileHandle(forWritingAtPath: folder.path("a.yaml")))
            try handle.write(contentsOf: Data(configMap("a", "2").utf8))
            try await folder.expect(["a=2"])
            try handle.close()
        }
    }

    @Test func `whoever reads while a file is rewritten in pieces never finds a part of it`() async throws {
        let pieces = (0..<20).map { "---\n" + configMap("a\($0)") }
        // A process of its own, since those that other tests start would inherit the file from this one: the system
        // tells that it is closed only when they have let go of it too, which may be in the middle of the next time.
        let rewriting = #"f=$1; shift; for _ in $(seq 500); do for piece; do printf %s "$piece"; done > "$f"; done"#
        try await WatchedFolder.use(containing: ["a.yaml": pieces.joined()]) { folder in
            try await eventually("the file") { await folder.latest.snapshot.configMaps.count == 20 }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    let outcome = try await Tool("sh").run(["-c", rewriting, "sh", folder.path("a.yaml")] + pieces)
                    #expect(outcome.succeeded, "\(outcome.errors)")
                }
                group.addTask {
                    while !Task.isCancelled {
                        let count = await folder.source.read().snapshot.configMaps.count
                        #expect(count == 20)
                    }
                }
                try await group.next()
                group.cancelAll()
            }
        }
    }

    @Test func `links to files are read at once`() async throws {
        try await WatchedFolder.use { folder in
            try folder.write(configMap("a"), to: "../a.yaml")
            try folder.link("a.yaml", to: "../a.yaml")
            try await folder.expect(["a=1"])
            try folder.write(configMap("b"), to: "../b.yaml")
            try FileManager.default.linkItem(atPath: folder.path("../b.yaml"), toPath: folder.path("b.yaml"))
            try await folder.expect(["a=1", "b=1"])
        }
    }

    @Test func `a folder that goes away serves on, and is watched again when it is back`() async throws {
        try await WatchedFolder.use(scanInterval: .milliseconds(50), containing: ["a.yaml": configMap("a")]) { folder in
            try await folder.expect(["a=1"])
            try folder.move("../source", to: "../gone")
            try await folder.expectCodes(["source-missing"])
            try await folder.expect(["a=1"])
            try folder.write(configMap("a", "2"), to: "a.yaml")
            try await folder.expectCodes([])
            try await folder.expect(["a=2"])
        }
    }
}
