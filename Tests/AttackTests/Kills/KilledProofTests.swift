import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Whoever kills Postern in the middle of a proof leaves no key in a temporary folder, and no nginx.
@Suite(.timeLimit(.minutes(10)))
struct KilledProofTests {
    /// When it is killed.
    enum Moment: Sendable, CaseIterable {
        case keyWritten
        case listening
        case random
    }

    @Test(arguments: Moment.allCases)
    func `nothing is left of a proof that is killed`(moment: Moment) async throws {
        try await use { manifests, temporary in
            var random = SeededRandom(seed: 7)
            for _ in 0..<Attack.count(4, whole: 100) {
                let delay = Duration.milliseconds(Int.random(in: 0..<800, using: &random))
                try await prove(manifests, keepingIn: temporary) { process in
                    try await wait(for: moment, in: temporary, orFor: delay)
                    kill(process, SIGKILL)
                }
                try await eventually("all is cleared up", within: .seconds(60)) {
                    try Self.leftovers(in: temporary).allSatisfy { Self.isUnguarded($0, in: temporary) }
                }
            }
        }
    }

    @Test func `what is left where its guard is killed as well goes with the next start`() async throws {
        try await use { manifests, temporary in
            try await prove(manifests, keepingIn: temporary) { process in
                try await wait(for: .listening, in: temporary, orFor: .zero)
                // Else it would notice, and clear up itself.
                kill(process, SIGSTOP)
                let group = try Self.processes(naming: temporary).map { getpgid($0) }.first
                kill(-(try #require(group)), SIGKILL)
                kill(process, SIGKILL)
            }
            #expect(!Self.keys(in: temporary).isEmpty)
            let few = URL(filePath: manifests).deletingLastPathComponent().appending(path: "few.yaml")
            try Data(Tenant.innocent.ingress("host").utf8).write(to: few)
            try await prove(few.path, keepingIn: temporary) { _ in }
            #expect(try Self.leftovers(in: temporary).isEmpty)
        }
    }

    private func use(_ body: (_ manifests: String, _ temporary: String) async throws -> Void) async throws {
        try await TemporaryFolder.use { folder in
            let manifests = folder.appending(path: "site.yaml")
            let site = (0..<300).map { Tenant.innocent.ingress("host-\($0)") }.joined()
            let secret = try await TestSecret(for: "secure.example").manifest(named: "secure", in: "innocent")
            try Data((site + Tenant.innocent.ingress("secure", secret: "secure") + secret).utf8).write(to: manifests)
            let temporary = folder.appending(path: "t").path
            mkdir(temporary, 0o755)
            try await body(manifests.path, temporary)
        }
    }

    /// Runs `check --prove` to its end, be that by what `body` does.
    private func prove(
        _ manifests: String,
        keepingIn temporary: String,
        body: (Int32) async throws -> Void
    ) async throws {
        _ = try await Subprocess.run(
            .path(FilePath(try Tool(built: "postern").url.path)),
            arguments: ["check", "--prove", manifests],
            environment: .custom(["TMPDIR": temporary, "PATH": "/usr/sbin:/usr/bin:/bin"]),
            input: .none,
            output: .discarded,
            error: .discarded
        ) { process in
            try await body(process.processIdentifier.value)
        }
    }

    /// Looks without a pause: the moment is short.
    private func wait(for moment: Moment, in temporary: String, orFor delay: Duration) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        switch moment {
        case .random: try await Task.sleep(for: delay)
        case .keyWritten: while Self.keys(in: temporary).isEmpty, ContinuousClock.now < deadline {}
        case .listening:
            while Self.files(in: temporary).allSatisfy({ !$0.hasSuffix("https.sock") }), ContinuousClock.now < deadline
            {}
        }
        #expect(ContinuousClock.now < deadline)
    }

    private static func files(in folder: String) -> [String] {
        (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    }

    private static func keys(in folder: String) -> [String] { files(in: folder).filter { $0.hasSuffix(".pem") } }

    private static func leftovers(in folder: String) throws -> [String] {
        files(in: folder) + (try processes(naming: folder)).map(String.init)
    }

    /// Whether it is a folder that nobody guarded yet: nothing is in it, and it goes with the next start.
    private static func isUnguarded(_ name: String, in folder: String) -> Bool {
        let entries = try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)")
        return entries?.isEmpty ?? false
    }

    /// The guards and nginxes of proofs in a folder.
    private static func processes(naming folder: String) throws -> [Int32] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }.filter { process in
            let words = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
            return String(decoding: words, as: UTF8.self).contains(folder + "/")
        }
    }
}
