import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// State folders of earlier versions.
@Suite(.timeLimit(.minutes(10)))
struct TakeoverTests {
    @Test func `a state folder of the version before is taken over while nginx serves on`() async throws {
        try await PasswordSite.use { passwords in
            let site = passwords.site
            try await passwords.serveOnce()
            let earlier = try await Self.makeEarlier(site)
            kill(site.master, SIGHUP)
            try await eventually("nginx serves it") { site.liveGeneration == earlier }
            let answers = try await passwords.asking(("ann", "1"), ("bob", "1")) {
                _ = try await site.run { _ in
                    try await eventually("it is taken over") {
                        site.generation(at: "good").map { $0 != earlier && $0 == site.liveGeneration } ?? false
                    }
                    try await eventually("it is told") { site.status?.swaps.first?.result == "settled" }
                    try passwords.write(["ann": "1", "bob": "2"])
                    try await passwords.await(200, of: "bob", "2")
                }
            }
            #expect(Set(answers.steady.keys) == ["200"], "\(answers)")
        }
    }

    /// Gives the generation that serves the form that it had when passwords lay in it; returns its id.
    private static func makeEarlier(_ site: ControllerSite) async throws -> String {
        struct Record: Codable {
            struct File: Codable { var path: String, digest: String }
            var id: String
            var files: [File]
        }
        let manager = FileManager.default
        let id = try #require(site.generation(at: "good"))
        let earlier = String(repeating: "0", count: 32)
        let folder = "\(site.state)/generations/\(earlier)"
        try manager.copyItem(atPath: "\(site.state)/generations/\(id)", toPath: folder)
        try manager.removeItem(atPath: "\(folder)/auth-file")
        // With the group that workers have.
        _ = try await Tool("cp").run(["-a", "\(site.state)/live/auth-file", "\(folder)/auth-file"])
        let mark = URL(filePath: "\(folder)/generation.conf")
        try Data(String(contentsOf: mark, encoding: .utf8).replacing(id, with: earlier).utf8).write(to: mark)
        let file = URL(filePath: "\(folder)/generation.json")
        var record = try JSONDecoder().decode(Record.self, from: Data(contentsOf: file))
        record.id = earlier
        record.files += ["a", "b"].map { Record.File(path: "auth-file/shop.users-\($0).users", digest: "") }
        for index in record.files.indices {
            record.files[index].digest = try ControllerSite.digest(of: "\(folder)/\(record.files[index].path)")
        }
        try JSONEncoder().encode(record).write(to: file)
        for link in ["current", "good"] {
            try manager.removeItem(atPath: "\(site.state)/\(link)")
            try manager.createSymbolicLink(
                atPath: "\(site.state)/\(link)",
                withDestinationPath: "generations/\(earlier)"
            )
        }
        try manager.removeItem(atPath: "\(site.state)/generations/\(id)")
        try manager.removeItem(atPath: "\(site.state)/live")
        return earlier
    }
}
