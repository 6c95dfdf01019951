import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import FolderSource

/// Objects that keep serving although the folder no longer holds them.
@Suite struct KeepingTests {
    /// Reads a folder before and after changes.
    private func withFolder(_ body: (SourceFolder) async throws -> Void) async throws {
        try await TemporaryFolder.use { try await body(SourceFolder($0)) }
    }

    @Test(arguments: [
        broken, configMap("a", "2") + "---\n" + broken, "a: \u{1}\n", "{\"apiVersion\": \"v1\",", "a: 1\na: 2\n",
    ])
    func `a file that stops parsing keeps all of its objects`(_ text: String) async throws {
        try await withFolder { folder in
            let source = try folder.source()
            try folder.write(configMap("a") + "---\n" + configMap("b"), to: "a.yaml")
            #expect(await source.read().configMaps == ["a=1", "b=1"])
            try folder.write(text, to: "a.yaml")
            let reading = await source.read()
            #expect(reading.configMaps == ["a=1", "b=1"])
            #expect(reading.codes.count == 2 && reading.codes.last == "file-kept")
            #expect(reading.diagnostics.first?.severity == .error)
            #expect(await source.read() == reading, "and goes on so")
            try folder.write(configMap("b", "2"), to: "a.yaml")
            #expect(try await source.read() == FolderReading(folder.fresh()))
        }
    }

    @Test func `a file that was never good counts as far as it can be read`() async throws {
        try await withFolder { folder in
            try folder.write(configMap("a") + "---\n" + broken, to: "a.yaml")
            let source = try folder.source()
            let reading = await source.read()
            #expect(try reading == FolderReading(folder.fresh()))
            #expect(reading.configMaps == ["a=1"])
            #expect(reading.codes == ["yaml-syntax"])
        }
    }

    @Test(arguments: [
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata: 5\n",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, name: b}\n",
        "apiVersion: v7\nkind: ConfigMap\nmetadata: {name: b}\n",
    ])
    func `an object that an error leaves out keeps its last good form`(_ text: String) async throws {
        try await withFolder { folder in
            let source = try folder.source()
            try folder.write(configMap("a") + "---\n" + configMap("b"), to: "a.yaml")
            _ = await source.read()
            try folder.write(configMap("a", "2") + "---\n" + text, to: "a.yaml")
            let reading = await source.read()
            #expect(reading.configMaps == ["a=2", "b=1"])
            #expect(reading.codes.count == 2 && reading.codes.last == "object-kept")
            #expect(reading.diagnostics.last?.object?.description == "ConfigMap default/b")
            try folder.write(configMap("a", "3"), to: "a.yaml")
            #expect(await source.read().configMaps == ["a=3"], "without the error it is gone")
        }
    }

    @Test func `an object that is taken out beside the error of another is gone`() async throws {
        try await withFolder { folder in
            let source = try folder.source()
            try folder.write(configMap("a") + "---\n" + configMap("b"), to: "a.yaml")
            _ = await source.read()
            try folder.write("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata: 5\n", to: "a.yaml")
            #expect(await source.read().configMaps == ["b=1"])
        }
    }

    @Test func `a file that is deleted loses its objects, kept ones too`() async throws {
        try await withFolder { folder in
            let source = try folder.source()
            try folder.write(configMap("a"), to: "a.yaml")
            _ = await source.read()
            try folder.write(broken, to: "a.yaml")
            _ = await source.read()
            try folder.remove("a.yaml")
            #expect(await source.read() == FolderReading())
            #expect(try folder.kept() == [])
        }
    }

    @Test func `what is no regular file is not opened, and what was there before keeps serving`() async throws {
        try await withFolder { folder in
            let source = try folder.source()
            try folder.write(configMap("b"), to: "b.yaml")
            _ = await source.read()
            try folder.remove("b.yaml")
            #expect(mkfifo(folder.path("a.yaml"), 0o600) == 0)
            #expect(mkfifo(folder.path("b.yaml"), 0o600) == 0)
            let reading = await source.read()
            #expect(reading.configMaps == ["b=1"])
            #expect(reading.codes == ["file-unreadable", "file-unreadable", "file-kept"])
            #expect(reading.diagnostics.first?.message == "the file cannot be read: it is no regular file")
        }
    }

    @Test func `a huge file is not read`() async throws {
        try await withFolder { folder in
            let source = try folder.source()
            try folder.write(configMap("a"), to: "a.yaml")
            _ = await source.read()
            #expect(truncate(folder.path("a.yaml"), (64 << 20) + 1) == 0)
            let reading = await source.read()
            #expect(reading.configMaps == ["a=1"])
            #expect(reading.codes == ["file-unreadable", "file-kept"])
        }
    }

    @Test func `a link to nowhere keeps what it led to`() async throws {
        try await withFolder { folder in
            let source = try folder.source()
            try folder.write(configMap("a"), to: "../a.yaml")
            try FileManager.default.createSymbolicLink(atPath: folder.path("a.yaml"), withDestinationPath: "../a.yaml")
            #expect(await source.read().configMaps == ["a=1"])
            try folder.remove("../a.yaml")
            let reading = await source.read()
            #expect(reading.configMaps == ["a=1"])
            #expect(reading.codes == ["file-unreadable", "file-kept"])
        }
    }

    @Test func `a file and a folder that may not be read keep serving`() async throws {
        await #expect(processExitsWith: .success) {
            // Root may read everything.
            if geteuid() == 0 { try #require(seteuid(65_534) == 0) }
            try await TemporaryFolder.use { parent in
                let folder = try SourceFolder(parent)
                try folder.write(configMap("a"), to: "a.yaml")
                try folder.write(configMap("b"), to: "sub/b.yaml")
                let source = try folder.source()
                let good = await source.read()
                for (mode, codes) in [
                    (0, ["folder-unreadable", "file-unreadable", "file-kept"]), (0o700, []),
                ] as [(mode_t, [String])] {
                    try #require(chmod(folder.path("a.yaml"), mode) == 0)
                    try #require(chmod(folder.path("sub"), mode) == 0)
                    let reading = await source.read()
                    try #require(reading.snapshot == good.snapshot)
                    try #require(reading.codes == codes)
                }
                try #require(chmod(folder.path(""), 0) == 0)
                let closed = await source.read()
                try #require(chmod(folder.path(""), 0o700) == 0)
                try #require(closed.snapshot == good.snapshot)
                try #require(closed.codes == ["source-missing"])
                try #require(await source.read() == good)
            }
        }
    }

    @Test func `a folder whose file system is gone serves on`() async throws {
        try await TemporaryFolder.use { parent in
            let folder = try SourceFolder(parent)
            try folder.write(configMap("a"), to: "a.yaml")
            let mount = parent.appending(path: "mount").path(percentEncoded: false)
            #expect(symlink("source", mount) == 0)
            let source = try FolderSource(folder: mount)
            let good = await source.read()
            #expect(good.configMaps == ["a=1"])
            // A folder of the system without manifests stands for the bare mount point.
            #expect(unlink(mount) == 0 && symlink("/proc/self/fd", mount) == 0)
            let unmounted = await source.read()
            #expect(unmounted.snapshot == good.snapshot)
            #expect(unmounted.codes == ["source-missing"])
            #expect(unlink(mount) == 0 && symlink("source", mount) == 0)
            #expect(await source.read() == good)
        }
    }

    @Test func `a file that has just been emptied is given time, and no longer than that`() async throws {
        try await withFolder { folder in
            let source = try FolderSource(folder: folder.path(""), writeLimit: .milliseconds(50))
            try folder.write(configMap("a"), to: "a.yaml")
            _ = await source.read()
            try folder.write("", to: "a.yaml")
            #expect(await source.read().configMaps == ["a=1"])
            try await eventually("the file as it is") { await source.read() == FolderReading() }
        }
    }

    @Test func `an emptied file is given time from when it is found so, whatever its own times say`() async throws {
        try await withFolder { folder in
            let source = try folder.source()
            try folder.write(configMap("a"), to: "a.yaml")
            _ = await source.read()
            try folder.write("", to: "a.yaml")
            try await eventually("the change is an old one") {
                try FileContent(of: FileName(folder.path("a.yaml"))).signature != nil
            }
            #expect(await source.read().configMaps == ["a=1"])
        }
    }

    @Test func `an empty text has nothing to keep`() async throws {
        try await withFolder { folder in
            let source = try folder.source()
            try folder.write("# later\n", to: "a.yaml")
            #expect(await source.read() == FolderReading())
            try folder.write(broken, to: "a.yaml")
            #expect(await source.read().codes == ["yaml-syntax"])
        }
    }

    @Test func `names that do not print are escaped`() async throws {
        try await withFolder { folder in
            let source = try folder.source()
            try folder.write(broken, to: "a\u{1B}[31m\n.yaml")
            let reading = await source.read()
            let text = reading.diagnostics.map(\.text).joined()
            #expect(text.contains("a\\u{1b}[31m\\u{a}.yaml:3:1: error: "))
            #expect(!text.contains("\u{1B}") && !text.contains("\n"))
        }
    }

    @Test func `a name that is not UTF-8 is reported`() async throws {
        try await withFolder { folder in
            let source = try folder.source()
            let bytes = Array(folder.path("").utf8CString.dropLast()) + [CChar(bitPattern: 0xFF)] + ".yaml".utf8CString
            let descriptor = open(bytes, O_CREAT | O_WRONLY, 0o600)
            try #require(descriptor >= 0)
            close(descriptor)
            let reading = await source.read()
            #expect(reading.codes == ["file-unreadable"])
            #expect(reading.diagnostics.first?.message.contains("is not UTF-8") == true)
        }
    }

    @Test func `a folder that is not there is refused`() async throws {
        try await withFolder { folder in
            try folder.write("", to: "file")
            #expect(throws: FolderSourceError.noSuchFolder(folder.path("none"))) {
                try FolderSource(folder: folder.path("none"))
            }
            #expect(throws: FolderSourceError.isFile(folder.path("file"))) {
                try FolderSource(folder: folder.path("file"))
            }
            #expect("\(FolderSourceError.isFile("a\nb"))" == "a\\u{a}b is a file, not a folder")
            #expect("\(FolderSourceError.noSuchFolder("a"))" == "a: no such folder")
            #expect("\(FolderSourceError.unreadable("a", SystemError(EACCES)))" == "a: permission denied")
        }
    }
}
