import Foundation
import TestSupport
import Testing

@testable import FolderSource

@Suite struct LimitTests {
    /// The numbers of folders that each inotify of this program watches which also watches the folder at `path`.
    private func watches(of path: String) throws -> [Int] {
        let inode = try #require(try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int)
        return try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fdinfo").compactMap { number in
            // Others open and close files meanwhile.
            guard let text = try? String(contentsOfFile: "/proc/self/fdinfo/\(number)", encoding: .utf8) else {
                return nil
            }
            let lines = text.split(separator: "\n").filter { $0.hasPrefix("inotify ") }
            return lines.contains { $0.contains(" ino:\(String(inode, radix: 16)) ") } ? lines.count : nil
        }
    }

    /// The number of files below a folder that this program holds open.
    private func openFiles(below path: String) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count { number in
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)")
            return target?.hasPrefix(path) == true
        }
    }

    @Test func `no watch and no open file is left behind`() async throws {
        try await TemporaryFolder.use { parent in
            let folder = try SourceFolder(parent)
            let path = folder.path("")
            let source = try folder.source()
            let watching = Task { try await source.watch() }
            try await eventually("a watch") { try watches(of: path) == [1] }
            for round in 0..<50 {
                try folder.write(round.isMultiple(of: 3) ? broken : configMap("a"), to: "x\(round)/y/a.yaml")
                _ = await source.read()
                if round.isMultiple(of: 2) {
                    try folder.remove("x\(round)")
                } else {
                    rename(folder.path("x\(round)"), parent.appending(path: "x\(round)").path(percentEncoded: false))
                }
            }
            try folder.write(configMap("a"), to: "sub/a.yaml")
            _ = await source.read()
            #expect(try watches(of: path) == [2])
            #expect(try openFiles(below: parent.path(percentEncoded: false)) == 0)
            watching.cancel()
            _ = await watching.result
            try await eventually("the end of the watch") { try watches(of: path) == [] }
        }
    }

    @Test func `it can be watched again`() async throws {
        try await TemporaryFolder.use { parent in
            let folder = try SourceFolder(parent)
            let source = try folder.source()
            for round in 0..<3 {
                let watching = Task { try await source.watch() }
                try await eventually("a watch") { try watches(of: folder.path("")) == [1] }
                try folder.write(configMap("a", "\(round)"), to: "a.yaml")
                try await eventually("the file") { await source.read().configMaps == ["a=\(round)"] }
                watching.cancel()
                _ = await watching.result
                try await eventually("the end of the watch") { try watches(of: folder.path("")) == [] }
            }
        }
    }

    @Test func `without any watch the folder is looked at from time to time`() async throws {
        await #expect(processExitsWith: .success) {
            try await TemporaryFolder.use { parent in
                let folder = try SourceFolder(parent)
                let source = try FolderSource(folder: folder.path(""), scanInterval: .milliseconds(50))
                let watching = Task { try await source.watchWithoutDescriptors() }
                var ticks = source.changes.makeAsyncIterator()
                await ticks.next()
                try #require(await source.read().codes == ["watch-limited"])
                try folder.write(configMap("a"), to: "a.yaml")
                var names: [String] = []
                while names != ["a=1"] {
                    await ticks.next()
                    names = await source.read().configMaps
                }
                watching.cancel()
            }
        }
    }
}

extension FolderSource {
    /// Watches after an attempt for which the process had no file descriptor left.
    fileprivate func watchWithoutDescriptors() async throws {
        var usual = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        try #require(getrlimit(resource, &usual) == 0)
        var none = rlimit(rlim_cur: 0, rlim_max: usual.rlim_max)
        // For no longer than that: Dispatch ends a process in which it can open none.
        try #require(setrlimit(resource, &none) == 0)
        let events = startWatching()
        try #require(setrlimit(resource, &usual) == 0)
        try await follow(events)
    }
}
