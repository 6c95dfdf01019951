import Diagnostics
import Foundation
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import Synchronization
import TestSupport
import Testing

@testable import NginxControl

/// Files that workers read while they serve.
struct LiveFilesTests {
    private func use(_ body: (GenerationStore, LiveFiles) throws -> Void) throws {
        try TemporaryFolder.use { folder in
            let state = StateFolder(folder.appending(path: "state").path)
            let lock = try state.open()
            try body(GenerationStore(state: state), LiveFiles(state: state))
            withExtendedLifetime(lock) {}
        }
    }

    /// A generation with password files, by their names.
    private func generation(_ passwords: [String: String], timeout: String = "60s") throws -> Generation {
        var diagnostics: [Diagnostic] = []
        let capabilities = NginxCapabilities(version: NginxVersion(1, 22, 1))
        let renderer = try #require(ConfigurationRenderer(for: capabilities, diagnostics: &diagnostics))
        let certificate = try #require(FilePath("tls/default.pem"))
        var configuration = Configuration(
            process: ProcessSettings(workerShutdownTimeout: TimeSpan(timeout)),
            listeners: [],
            fallbackCertificate: certificate,
            privateFiles: [PrivateFile(.certificate, file: certificate, content: SecretBytes([1]))],
            servers: []
        )
        configuration.privateFiles += try passwords.sorted { $0.key < $1.key }.map { name, text in
            let file = try #require(FilePath("auth-file/\(name).users"))
            return PrivateFile(.passwordFile, file: file, content: SecretBytes(Array(text.utf8)))
        }
        return renderer.render(configuration)
    }

    /// A generation with a certificate that nginx reads when clients come.
    private func generation(certificate text: String) throws -> Generation {
        var diagnostics: [Diagnostic] = []
        let capabilities = NginxCapabilities(version: NginxVersion(1, 30, 0))
        let renderer = try #require(ConfigurationRenderer(for: capabilities, diagnostics: &diagnostics))
        let file = try #require(FilePath("tls/default.pem"))
        var process = ProcessSettings()
        process.liveCertificates = LiveCertificates(in: try #require(FilePath("/state/live")))
        let certificate = PrivateFile(.certificate, file: file, content: SecretBytes(Array(text.utf8)))
        return renderer.render(
            Configuration(
                process: process,
                listeners: [],
                fallbackCertificate: file,
                privateFiles: [certificate],
                servers: []
            )
        )
    }

    @Test func `a certificate is replaced by a link, and what that led to before can be read for a while`() throws {
        try use { store, files in
            let live = files.state.live
            let versions = try ["old", "new", "newest"].map { try generation(certificate: $0) }
            let targets = try versions.map { version in
                try store.stage(version, sharing: nil)
                #expect(files.differing(from: version.files).map(\.path) == ["tls/default.pem"])
                try files.write(files.differing(from: version.files))
                #expect(files.differing(from: version.files).isEmpty)
                return URL(filePath: "\(live)/tls/default.pem").resolvingSymlinksInPath().path
            }
            #expect(targets.map(text) == [nil, "new", "newest"])
            #expect(text("\(store.state.generations)/\(versions[0].id)/tls/default.pem") == "newest")
            let modes = try [targets[2], "\(live)/content", "\(live)/tls"].map { path in
                try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            }
            #expect(modes == [0o600, 0o700, 0o700])
            files.removeReplacedCertificates()
            #expect(targets.map(text) == [nil, nil, "newest"])
            files.prune { [] }
            #expect(LiveFiles.names(in: live).isEmpty)
        }
    }

    @Test(arguments: [SwapPoint.replacing, .replaced])
    func `wherever it ends, a link leads to a whole certificate, and the next one goes on`(at point: SwapPoint) throws {
        try use { store, files in
            let link = "\(files.state.live)/tls/default.pem"
            try files.write(generation(certificate: "old").files.filter(\.isLive))
            let seen = Mutex("")
            let watched = LiveFiles(state: files.state) { step in
                guard step == point else { return }
                let found = FileManager.default.contents(atPath: link) ?? Data()
                seen.withLock { $0 = String(decoding: found, as: UTF8.self) }
            }
            let new = try generation(certificate: "new")
            try watched.write(new.files.filter(\.isLive))
            #expect(seen.withLock(\.self) == (point == .replacing ? "old" : "new"))
            // What an end at the first step leaves behind.
            try FileManager.default.createSymbolicLink(
                atPath: "\(files.state.live)/.new",
                withDestinationPath: "../content/x"
            )
            try files.write(generation(certificate: "newest").files.filter(\.isLive))
            #expect(text(link) == "newest")
        }
    }

    @Test func `a certificate whose content is cut off or gone is written anew`() throws {
        try use { _, files in
            let one = try generation(certificate: "text")
            try files.write(one.files.filter(\.isLive))
            let link = "\(files.state.live)/tls/default.pem"
            try "te".write(toFile: link, atomically: false, encoding: .utf8)
            #expect(files.differing(from: one.files).count == 1)
            try files.write(files.differing(from: one.files))
            #expect(text(link) == "text")
            try FileManager.default.removeItem(atPath: "\(files.state.live)/content")
            try files.write(files.differing(from: one.files))
            #expect(text(link) == "text")
        }
    }

    private func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func `an older generation that serves again has the newest passwords`() throws {
        try use { store, files in
            let (old, new) = (try generation(["a": "old"]), try generation(["a": "new"], timeout: "9s"))
            #expect(old.id != new.id)
            for generation in [old, new] {
                try store.stage(generation, sharing: nil)
                try files.write(files.differing(from: generation.files))
            }
            for generation in [old, new] {
                #expect(store.isIntact(generation.id))
                #expect(text("\(store.state.generations)/\(generation.id)/auth-file/a.users") == "new")
            }
        }
    }

    @Test func `only what differs is written, and what is missing or changed by somebody`() throws {
        try use { _, files in
            let both = try generation(["a": "1", "b": "2"])
            func differing(_ generation: Generation) -> [String] {
                files.differing(from: generation.files).map(\.path)
            }
            #expect(differing(both) == ["auth-file/a.users", "auth-file/b.users"])
            try files.write(files.differing(from: both.files))
            #expect(differing(both).isEmpty)
            #expect(differing(try generation(["a": "1", "b": "3"])) == ["auth-file/b.users"])
            try "x".write(toFile: "\(files.state.live)/auth-file/a.users", atomically: false, encoding: .utf8)
            #expect(differing(both) == ["auth-file/a.users"])
            try FileManager.default.removeItem(atPath: files.state.live)
            #expect(differing(both).count == 2)
        }
    }

    @Test func `whoever has a file open reads on what it was`() throws {
        try use { _, files in
            try files.write(try generation(["a": "old"]).files.filter(\.isLive))
            let handle = try #require(FileHandle(forReadingAtPath: "\(files.state.live)/auth-file/a.users"))
            try files.write(try generation(["a": "newer"]).files.filter(\.isLive))
            #expect(try handle.readToEnd() == Data("old".utf8))
            #expect(text("\(files.state.live)/auth-file/a.users") == "newer")
        }
    }

    @Test func `files go with the last generation that names them`() throws {
        try use { store, files in
            let (both, one) = (try generation(["a": "1", "b": "2"]), try generation(["a": "1"], timeout: "9s"))
            let none = try generation([:], timeout: "8s")
            for generation in [both, one, none] {
                try store.stage(generation, sharing: nil)
                try files.write(generation.files.filter(\.isLive))
            }
            func left(_ kept: [Generation]) throws -> [String] {
                store.prune(keeping: Set(kept.map(\.id)))
                files.prune { store.namedLiveFiles }
                return ((try? FileManager.default.subpathsOfDirectory(atPath: files.state.live)) ?? []).sorted()
            }
            try "x".write(toFile: "\(files.state.live)/.new", atomically: false, encoding: .utf8)
            #expect(try left([both, one, none]) == ["auth-file", "auth-file/a.users", "auth-file/b.users"])
            #expect(try left([one, none]) == ["auth-file", "auth-file/a.users"])
            #expect(try left([none]) == [])
        }
    }

    @Test func `nothing is removed where it is not known what a generation names`() throws {
        try use { store, files in
            let one = try generation(["a": "1"])
            try store.stage(one, sharing: nil)
            #expect(store.namedLiveFiles == ["auth-file/a.users"])
            let record = "\(store.state.generations)/\(one.id)/generation.json"
            try "{".write(toFile: record, atomically: false, encoding: .utf8)
            try files.write(one.files.filter(\.isLive))
            files.prune { store.namedLiveFiles }
            #expect(text("\(files.state.live)/auth-file/a.users") == "1")
        }
    }

    @Test func `a generation that leads elsewhere is written anew`() throws {
        try use { store, files in
            let one = try generation(["a": "1"])
            try store.stage(one, sharing: nil)
            let link = "\(store.state.generations)/\(one.id)/auth-file"
            try FileManager.default.removeItem(atPath: link)
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/tmp")
            #expect(!store.isIntact(one.id))
            try store.stage(one, sharing: nil)
            #expect(store.isIntact(one.id))
        }
    }

    @Test func `a record without live files is that of the version before`() throws {
        let plain = GenerationRecord(try generation([:]))
        #expect(!String(decoding: plain.json, as: UTF8.self).contains("live"))
        let record = GenerationRecord(try generation(["a": "1"]))
        #expect(!record.files.contains { $0.path.hasPrefix("auth-file") } && record.live == ["auth-file/a.users"])
    }
}
