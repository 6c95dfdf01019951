import Diagnostics
import Foundation
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

@testable import NginxControl

struct GenerationStoreTests {
    private func use(_ body: (GenerationStore) throws -> Void) throws {
        try TemporaryFolder.use { folder in
            let state = StateFolder(folder.appending(path: "state").path)
            let lock = try state.open()
            try body(GenerationStore(state: state))
            withExtendedLifetime(lock) {}
        }
    }

    /// A generation with a default certificate, and one of a Secret.
    private func generation(secret: String = "key a", locations count: Int = 0) throws -> Generation {
        var diagnostics: [Diagnostic] = []
        let renderer = ConfigurationRenderer(
            for: NginxCapabilities(version: NginxVersion(1, 22, 1)),
            diagnostics: &diagnostics
        )
        let fallback = try #require(FilePath("tls/default.pem"))
        let root = try #require(LocationPath("/"))
        let configuration = Configuration(
            listeners: [],
            fallbackCertificate: fallback,
            privateFiles: [
                PrivateFile(.certificate, file: fallback, content: SecretBytes(Array("default".utf8))),
                PrivateFile(
                    .certificate,
                    file: try #require(FilePath("tls/shop.web.pem")),
                    content: SecretBytes(Array(secret.utf8))
                ),
            ],
            servers: [
                VirtualServer(
                    host: .any,
                    locations: try (0..<count).map { number in
                        Location(
                            path: .exact(try #require(LocationPath("/long/path/number-\(number)"))),
                            action: .status(.notFound)
                        )
                    } + [Location(path: .prefix(root), action: .stubStatus)]
                )
            ],
            status: .unix(try #require(FilePath("/run/status.sock")))
        )
        return try #require(renderer).render(configuration)
    }

    private func attributes(_ path: String) throws -> (mode: Int, file: Int) {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (
            try #require(attributes[.posixPermissions] as? Int), try #require(attributes[.systemFileNumber] as? Int)
        )
    }

    @Test func `a generation is written whole, and its keys for their owner only`() throws {
        try use { store in
            let generation = try generation()
            try store.stage(generation, sharing: nil)
            #expect(store.isIntact(generation.id))
            let folder = "\(store.state.generations)/\(generation.id)"
            for file in generation.files {
                #expect(FileManager.default.contents(atPath: "\(folder)/\(file.path)") == Data(file.content.bytes))
            }
            #expect(try attributes("\(folder)/tls").mode == 0o700)
            #expect(try attributes("\(folder)/tls/shop.web.pem").mode == 0o600)
            #expect(try attributes("\(folder)/nginx.conf").mode == 0o644)
            #expect(try FileManager.default.contentsOfDirectory(atPath: store.state.generations) == [generation.id])
        }
    }

    @Test func `a long configuration is written over one that nothing leads to`() throws {
        try use { store in
            let generations = try [6_000, 5_000, 4_000].map { try generation(locations: $0) }
            try store.stage(generations[0], sharing: nil)
            let folders = generations.map { "\(store.state.generations)/\($0.id)" }
            let file = try attributes("\(folders[0])/nginx.conf").file
            try store.stage(generations[1], sharing: generations[0].id, keeping: [generations[0].id])
            #expect(store.isIntact(generations[0].id) && store.isIntact(generations[1].id))
            try store.stage(generations[2], sharing: generations[1].id, keeping: [generations[1].id])
            #expect(try attributes("\(folders[2])/nginx.conf").file == file)
            #expect(
                FileManager.default.contents(atPath: "\(folders[2])/nginx.conf")
                    == Data(generations[2].configurationText.utf8)
            )
            #expect(store.isIntact(generations[1].id) && store.isIntact(generations[2].id))
            #expect(!store.isIntact(generations[0].id))
            store.prune(keeping: [generations[1].id, generations[2].id])
            let left = try FileManager.default.contentsOfDirectory(atPath: store.state.generations)
            #expect(Set(left) == [generations[1].id, generations[2].id])
        }
    }

    @Test func `files of generations that have gone are forgotten`() throws {
        try use { store in
            var previous: String?
            for number in 0..<20 {
                let generation = try generation(secret: "key \(number)")
                try store.stage(generation, sharing: previous)
                store.prune(keeping: Set([previous, generation.id].compactMap(\.self)))
                previous = generation.id
            }
            // Of the last two, each with four files of which they share one.
            #expect(store.verified.count <= 8)
        }
    }

    @Test func `what has a second name is not written over`() throws {
        try use { store in
            let (old, new) = (try generation(locations: 6_000), try generation(locations: 5_000))
            try store.stage(old, sharing: nil)
            let copy = "\(store.state.path)/copy.conf"
            #expect(link("\(store.state.generations)/\(old.id)/nginx.conf", copy) == 0)
            try store.stage(new, sharing: nil, keeping: [])
            #expect(store.isIntact(new.id))
            #expect(FileManager.default.contents(atPath: copy) == Data(old.configurationText.utf8))
        }
    }

    @Test func `what somebody writes to a file is noticed however soon that is`() throws {
        try use { store in
            let generation = try generation()
            try store.stage(generation, sharing: nil)
            let file = "\(store.state.generations)/\(generation.id)/nginx.conf"
            let descriptor = open(file, O_WRONLY)
            defer { close(descriptor) }
            #expect(write(descriptor, "x", 1) == 1)
            #expect(!store.isIntact(generation.id))
        }
    }

    @Test func `workers may read a password file, and nothing else that is private`() throws {
        guard geteuid() == 0 else { return }
        var diagnostics: [Diagnostic] = []
        let capabilities = NginxCapabilities(version: NginxVersion(1, 22, 1))
        let renderer = try #require(ConfigurationRenderer(for: capabilities, diagnostics: &diagnostics))
        let certificate = try #require(FilePath("tls/default.pem"))
        let configuration = Configuration(
            listeners: [],
            fallbackCertificate: certificate,
            privateFiles: [
                PrivateFile(.certificate, file: certificate, content: SecretBytes([1])),
                PrivateFile(.passwordFile, file: try #require(FilePath("auth/shop.users")), content: SecretBytes([2])),
            ],
            servers: []
        )
        try use { store in
            var store = store
            store.workers = WorkerGroup(of: capabilities)
            let group = try #require(store.workers.identifier)
            let generation = renderer.render(configuration)
            try store.stage(generation, sharing: nil)
            try LiveFiles(state: store.state, workers: store.workers).write(generation.files.filter(\.isLive))
            let folder = "\(store.state.generations)/\(generation.id)"
            for (path, mode, isForWorkers) in [
                ("\(folder)/tls", 0o700, false), ("\(folder)/tls/default.pem", 0o600, false),
                ("\(store.state.live)/auth", 0o750, true), ("\(folder)/auth/shop.users", 0o640, true),
            ] {
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                #expect(attributes[.posixPermissions] as? Int == mode, "\(path)")
                #expect(attributes[.groupOwnerAccountID] as? Int == (isForWorkers ? Int(group) : 0), "\(path)")
            }
        }
    }

    @Test func `generations share the certificates that have not changed`() throws {
        try use { store in
            let (old, new) = (try generation(secret: "key a"), try generation(secret: "key b"))
            try store.stage(old, sharing: nil)
            try store.stage(new, sharing: old.id)
            func file(_ generation: Generation, _ name: String) throws -> Int {
                try attributes("\(store.state.generations)/\(generation.id)/tls/\(name).pem").file
            }
            #expect(try file(old, "default") == file(new, "default"))
            #expect(try file(old, "shop.web") != file(new, "shop.web"))
            store.prune(keeping: [new.id])
            #expect(store.isIntact(new.id))
            #expect(try FileManager.default.contentsOfDirectory(atPath: store.state.generations) == [new.id])
        }
    }

    @Test func `a generation that somebody changed is noticed, and written anew`() throws {
        try use { store in
            let generation = try generation()
            try store.stage(generation, sharing: nil)
            let folder = "\(store.state.generations)/\(generation.id)"
            for name in ["nginx.conf", "tls/default.pem", "generation.json"] {
                try "changed".write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
                #expect(!store.isIntact(generation.id))
                // Not even from itself is the changed file taken over.
                try store.stage(generation, sharing: generation.id)
                #expect(store.isIntact(generation.id), "\(name)")
            }
        }
    }

    @Test func `a file that was found intact is read again once somebody has written to it`() throws {
        try use { store in
            let generation = try generation()
            try store.stage(generation, sharing: nil)
            let files = ["nginx.conf", "tls/default.pem"].map { "\(store.state.generations)/\(generation.id)/\($0)" }
            for file in files {
                let text = try String(contentsOfFile: file, encoding: .utf8)
                // Long ago enough that what is found is remembered.
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSinceNow: -60)],
                    ofItemAtPath: file
                )
                for _ in 1...2 { #expect(store.isIntact(generation.id)) }
                // As long as before.
                try String(text.reversed()).write(toFile: file, atomically: false, encoding: .utf8)
                #expect(!store.isIntact(generation.id), "\(file)")
                try text.write(toFile: file, atomically: false, encoding: .utf8)
                #expect(store.isIntact(generation.id), "\(file)")
            }
        }
    }

    @Test func `a generation that is there is not written again`() throws {
        try use { store in
            let generation = try generation()
            try store.stage(generation, sharing: nil)
            let file = "\(store.state.generations)/\(generation.id)/nginx.conf"
            let before = try attributes(file).file
            try store.stage(generation, sharing: nil)
            #expect(try attributes(file).file == before)
        }
    }

    @Test func `what was left half done is cleared away`() throws {
        try use { store in
            let generation = try generation()
            try store.stage(generation, sharing: nil)
            for name in [".staging-x", ".old-y", ".broken-z"] {
                let folder = "\(store.state.generations)/\(name)/tls"
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            }
            store.clearLeftovers()
            #expect(try FileManager.default.contentsOfDirectory(atPath: store.state.generations) == [generation.id])
        }
    }

    @Test func `the id is a hash of all files but the one that holds it`() throws {
        let generation = try generation()
        let mark = try #require(generation.files.first { $0.path == Generation.markFile })
        #expect(String(decoding: mark.content.bytes, as: UTF8.self).contains("return 200 \(generation.id);"))
        #expect(Generation.id(of: generation.files) == generation.id)
        #expect(Generation.id(of: generation.files.filter { $0.path != Generation.markFile }) == generation.id)
    }
}
