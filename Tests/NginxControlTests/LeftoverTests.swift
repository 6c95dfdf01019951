import Foundation
import TestSupport
import Testing

@testable import NginxControl

/// The clearing up, at a start, of proofs whose processes were killed.
struct LeftoverTests {
    private func use(_ body: (String) throws -> Void) throws {
        try TemporaryFolder.use { folder in try body(folder.path) }
    }

    private func makeShadow(_ name: String, in folder: String) throws {
        let tls = "\(folder)/\(name)/tls"
        try FileManager.default.createDirectory(atPath: tls, withIntermediateDirectories: true)
        try Data("key".utf8).write(to: URL(filePath: "\(tls)/shop.web.pem"))
    }

    private func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    @Test func `what was left is removed, keys and all`() throws {
        try use { folder in
            try makeShadow("postern-proof-a1B2c3", in: folder)
            ShadowFolder.clearLeftovers(in: folder)
            #expect(try names(in: folder).isEmpty)
        }
    }

    @Test func `the folder of a proof that lives is left alone`() throws {
        try use { folder in
            try makeShadow("postern-proof-a1B2c3", in: folder)
            let lock = try #require(FolderLock("\(folder)/postern-proof-a1B2c3"))
            ShadowFolder.clearLeftovers(in: folder)
            #expect(try names(in: folder) == ["postern-proof-a1B2c3"])
            withExtendedLifetime(lock) {}
        }
    }

    @Test func `a folder that a process names is left alone, though nobody holds it`() throws {
        try use { folder in
            try makeShadow("postern-proof-a1B2c3", in: folder)
            let process = Process()
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments = ["-c", "read line", "sh", "\(folder)/postern-proof-a1B2c3"]
            let input = Pipe()
            process.standardInput = input
            try process.run()
            ShadowFolder.clearLeftovers(in: folder)
            #expect(try names(in: folder) == ["postern-proof-a1B2c3"])
            try input.fileHandleForWriting.close()
            process.waitUntilExit()
        }
    }

    @Test func `neither links nor files nor folders with other names are touched`() throws {
        try use { folder in
            try makeShadow("elsewhere", in: folder)
            symlink("\(folder)/elsewhere", "\(folder)/postern-proof-l1l1l1")
            try Data().write(to: URL(filePath: "\(folder)/postern-proof-f1f1f1"))
            try makeShadow("postern-proof-mine", in: folder)
            let before = try names(in: folder)
            ShadowFolder.clearLeftovers(in: folder)
            #expect(try names(in: folder) == before)
            #expect(FileManager.default.fileExists(atPath: "\(folder)/elsewhere/tls/shop.web.pem"))
        }
    }

    @Test(.enabled(if: geteuid() == 0)) func `somebody else's folder is left alone`() throws {
        try use { folder in
            try makeShadow("postern-proof-a1B2c3", in: folder)
            chown("\(folder)/postern-proof-a1B2c3", 65_534, 65_534)
            ShadowFolder.clearLeftovers(in: folder)
            #expect(try names(in: folder) == ["postern-proof-a1B2c3"])
        }
    }
}
