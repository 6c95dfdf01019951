import Foundation
import NginxControl
import Subprocess
import SystemPackage
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct RemainsTests {
    @Test func `nothing is left of a proof, be it taken, refused or cancelled`() async throws {
        try await TemporaryFolder.use { folder in
            let path = folder.path
            _ = try await Site(manifests: Site.good(2), folder: path).prove()
            #expect(try Remains.of(path).isEmpty)
            let poison = try Poison.rewriteLocations()
            _ = try await Site(manifests: [Poison.rewrite("a")], templates: poison, folder: path).prove()
            #expect(try Remains.of(path).isEmpty)
            let task = Task { try await Site(manifests: Site.good(200), folder: path).prove() }
            try await eventually("nginx listens") { try Remains.of(path).contains { $0.contains("https.sock") } }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try Remains.of(path).isEmpty)
        }
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGKILL])
    func `nothing is left when a signal ends the program`(signal: Int32) async throws {
        try await TemporaryFolder.use { folder in
            let temporary = folder.appending(path: "t")
            try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: false)
            let manifests = folder.appending(path: "site.yaml")
            // So many that nginx is still asked when a loaded machine gets round to looking.
            try Site.good(3_000).joined(separator: "---\n").write(to: manifests, atomically: true, encoding: .utf8)
            let end = try await Subprocess.run(
                .path(FilePath(try Tool(built: "postern").url.path)),
                arguments: ["check", "--prove", manifests.path],
                environment: .custom(["TMPDIR": temporary.path, "PATH": "/usr/sbin:/usr/bin:/bin"]),
                input: .none,
                output: .discarded,
                error: .discarded
            ) { process in
                try await eventually("nginx listens") {
                    try Remains.of(temporary.path).contains { $0.contains("https.sock") }
                }
                kill(process.processIdentifier.value, signal)
            }
            #expect(end.terminationStatus == (signal == SIGKILL ? .signaled(SIGKILL) : .exited(2)))
            try await eventually("all is cleared up") { try Remains.of(temporary.path).isEmpty }
        }
    }

    @Test func `an nginx that dies proves nothing, and nothing is left of it`() async throws {
        try await TemporaryFolder.use { folder in
            let path = folder.path
            let task = Task { try await Site(manifests: Site.good(200), folder: path).prove() }
            var master: Int32?
            try await eventually("nginx listens") {
                let shadow = try FileManager.default.contentsOfDirectory(atPath: path).first ?? ""
                let file = FileManager.default.contents(atPath: "\(path)/\(shadow)/nginx.pid") ?? Data()
                master = Int32(String(decoding: file, as: UTF8.self).trimmingCharacters(in: .newlines))
                return master != nil
            }
            kill(try #require(master), SIGKILL)
            await #expect(throws: ProofFailure.self) { try await task.value }
            try await eventually("all is cleared up") { try Remains.of(path).isEmpty }
        }
    }

    @Test func `keys are for their owner only while nginx runs`() async throws {
        try await TemporaryFolder.use { folder in
            let path = folder.path
            let task = Task { try await Site(manifests: Site.good(200), folder: path).prove() }
            try await eventually("nginx listens") { try Remains.of(path).contains { $0.contains("https.sock") } }
            let shadow = try #require(FileManager.default.contentsOfDirectory(atPath: path).first)
            func mode(_ name: String) throws -> Int? {
                try FileManager.default.attributesOfItem(atPath: "\(path)/\(shadow)/\(name)")[.posixPermissions] as? Int
            }
            #expect(try mode("tls") == 0o700)
            #expect(try mode("tls/default.pem") == 0o600)
            #expect(try mode("") == 0o711)
            task.cancel()
            _ = await task.result
        }
    }
}
