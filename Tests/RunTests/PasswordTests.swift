import ControllerTestSupport
import Foundation
import NginxControl
import TestSupport
import Testing

/// Passwords that are added, changed and revoked while nginx serves.
@Suite(.timeLimit(.minutes(10)))
struct PasswordTests {
    @Test func `passwords come, change and go without a reload, and no request fails`() async throws {
        try await PasswordSite.use { passwords in
            let site = passwords.site
            try passwords.write(["ann": "1", "bob": "1"])
            let end = try await site.run { postern in
                try await passwords.await(200, of: "bob", "1")
                try await eventually("it is settled") { site.status?.generation != nil }
                let (workers, generation) = (site.workers, site.generation(at: "current"))
                let answers = try await passwords.asking(("ann", "1"), ("bob", "1")) {
                    for round in 2...5 {
                        try passwords.write(["ann": "1", "bob": "\(round)", "eve": "\(round)"])
                        try await passwords.await(200, of: "bob", "\(round)")
                        try await passwords.await(200, of: "eve", "\(round)", at: "b")
                        #expect(try await passwords.status(of: "bob", "\(round - 1)") == 401)
                    }
                    try passwords.write(["ann": "1", "bob": "1"])
                    try await passwords.await(401, of: "eve", "5")
                    try await passwords.await(200, of: "bob", "1")
                }
                #expect(Set(answers.steady.keys) == ["200"], "\(answers)")
                #expect(Set(answers.other.keys) == ["200", "401"], "\(answers)")
                #expect(site.workers == workers && site.generation(at: "current") == generation)
                try await eventually("each is told") { site.status?.swaps.count == 6 }
                #expect(site.status?.swaps.map(\.result) == Array(repeating: "replaced", count: 5) + ["settled"])
                let text = try await site.postern("status", "--state-dir", site.state).text
                #expect(text.contains("replaced auth-file/shop.users-a.users, auth-file/shop.users-b.users"), "\(text)")
                postern.send(SIGTERM)
                try await postern.awaitEnd()
            }
            #expect(
                end.log.contains(
                    "replaced without a reload: auth-file/shop.users-a.users, auth-file/shop.users-b.users: "
                )
            )
            #expect(!end.log.contains("{SHA}"))
        }
    }

    @Test(arguments: SwapPoint.ofLiveFiles)
    func `wherever Postern dies while it replaces passwords, the next run replaces the rest`(
        at point: SwapPoint
    ) async throws {
        try await PasswordSite.use { passwords in
            let site = passwords.site
            try await passwords.serveOnce()
            let (workers, generation) = (site.workers, site.generation(at: "current"))
            let answers = try await passwords.asking(("ann", "1"), ("bob", "1")) {
                let end = try await site.run(["--kill-at", point.rawValue]) { postern in
                    try passwords.write(["ann": "1", "bob": "2"])
                    try await postern.awaitEnd()
                }
                #expect(end.status == .killed(SIGKILL), "\(end.log)")
                // The second is not replaced yet, so that something is left to do.
                #expect(try await passwords.status(of: "bob", "1", at: "b") == 200)
                _ = try await site.run { _ in
                    try await passwords.await(200, of: "bob", "2")
                    try await passwords.await(200, of: "bob", "2", at: "b")
                    try await eventually("it is told") { site.status?.swaps.first?.result == "replaced" }
                }
            }
            #expect(try await passwords.status(of: "bob", "1") == 401)
            #expect(Set(answers.steady.keys) == ["200"], "\(answers)")
            #expect(site.workers == workers && site.generation(at: "current") == generation)
            #expect(!FileManager.default.fileExists(atPath: "\(site.state)/live/.new"))
        }
    }

    @Test(arguments: SwapPoint.ofAnyNginx)
    func `passwords that change together with routes are right wherever Postern dies`(
        at point: SwapPoint
    ) async throws {
        try await PasswordSite.use { passwords in
            let site = passwords.site
            try await passwords.serveOnce()
            let answers = try await passwords.asking(("ann", "1"), ("bob", "1")) {
                let end = try await site.run(["--kill-at", point.rawValue]) { postern in
                    try passwords.write(["ann": "1", "bob": "2"], to: "/v2")
                    try await postern.awaitEnd()
                }
                #expect(end.status == .killed(SIGKILL), "\(end.log)")
                _ = try await site.run { _ in
                    try await site.awaitAnswer("302 /v2", of: "a.example")
                    for host in ["a", "b"] {
                        try await passwords.await(200, of: "bob", "2", at: host)
                        try await passwords.await(401, of: "bob", "1", at: host)
                    }
                }
            }
            #expect(Set(answers.steady.keys) == ["200"], "\(answers)")
        }
    }

    @Test func `a password file goes with its last generation, and a change of it shows without its content`()
        async throws
    {
        try await PasswordSite.use { passwords in
            let site = passwords.site
            try passwords.write(["ann": "1"])
            _ = try await site.run { _ in
                try await passwords.await(200, of: "ann", "1")
                try await eventually("it is settled") { site.status?.generation != nil }
                let files = site.files(holding: [PasswordSite.hash(of: "1")])
                #expect(files.count == 2 && files.allSatisfy { $0.mode & 0o7777 == 0o640 }, "\(files)")
                let diff = ["diff", "--state-dir", site.state] + site.ports + [site.manifests]
                let same = try await Tool(built: "postern").run(diff)
                #expect(same.status == 0 && same.text.isEmpty, "\(same.text)\(same.errors)")
                let file = try Data(contentsOf: URL(filePath: "\(site.manifests)/hosts.yaml"))
                let other = "\(site.folder)/other"
                mkdir(other, 0o755)
                try passwords.write(["ann": "2"])
                try await passwords.await(200, of: "ann", "2")
                try file.write(to: URL(filePath: "\(other)/hosts.yaml"))
                let changed = try await Tool(built: "postern").run(diff.dropLast() + [other])
                #expect(changed.status == 1)
                #expect(changed.text.contains("auth-file/shop.users-a.users changes\n"), "\(changed.text)")
                #expect(!changed.text.contains("{SHA}"))
                for target in ["/v2", "/v3"] {
                    try site.write(Manifest.ingress("a", to: target), to: "hosts.yaml")
                    try await site.awaitAnswer("302 \(target)", of: "a.example")
                }
                try await eventually("no hash is left") {
                    site.files(holding: [PasswordSite.hash(of: "2")]).isEmpty
                }
            }
        }
    }
}

extension SwapPoint {
    /// Those that are reached only where passwords change.
    static let ofLiveFiles: [SwapPoint] = [.replacing, .replaced]
    /// Those that are reached also where nginx asks for no endpoints.
    static let ofAnyNginx = allCases.filter { $0 != .noted }
    /// Those of these that are reached in each swap.
    static let ofEverySwap = ofAnyNginx.filter { !ofLiveFiles.contains($0) }
}
