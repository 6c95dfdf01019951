import Commands
import CurlTestSupport
import Diagnostics
import Foundation
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import Synchronization
import TestSupport
import Testing

@testable import NginxControl

/// Certificates that nginx reads when clients come, each renewed again and again.
@Suite(.timeLimit(.minutes(10))) struct CertificateRenewalTests {
    private static let host = "shop.example"

    @Test(arguments: Fixture.all.filter { $0.name.contains("fastcgi") })
    func `backends that speak FastCGI are not told where certificates are`(_ fixture: Fixture) async throws {
        let pipeline = try await fixture.livePipeline
        var configuration = try await fixture.translated().configuration
        let plain = pipeline.renderer.render(configuration).configurationText
        configuration.process.liveCertificates = LiveCertificates(in: try #require(FilePath("/state/live")))
        let live = pipeline.renderer.render(configuration).configurationText
        func count(_ word: String, _ text: String) -> Int { text.components(separatedBy: word).count - 1 }
        #expect(count("root html;", plain) == 0)
        #expect(count("root html;", live) == count("fastcgi_pass ", live) && count("fastcgi_pass ", live) > 0)
    }

    @Test func `no handshake meets a certificate with the key of another`() async throws {
        let fixture = try #require(Fixture.all.first { $0.name == "tls-one-host" })
        var secrets: [TestSecret] = []
        for _ in 0..<8 { secrets.append(try await TestSecret(for: Self.host)) }
        let renderer = try await fixture.livePipeline.renderer
        try await TemporaryFolder.use { folder in
            chmod(path(of: folder), 0o755)
            let state = StateFolder(path(of: folder.appending(path: "state")))
            let lock = try state.open()
            let files = LiveFiles(state: state, workers: WorkerGroup(of: renderer.capabilities))
            let folder = try #require(FilePath(state.live))
            let write = { @Sendable (configuration: Configuration) throws in
                try files.write(files.differing(from: renderer.render(configuration).files))
            }
            let change = { (configuration: inout Configuration) throws in
                configuration.process.liveCertificates = LiveCertificates(in: folder)
                try write(configuration)
            }
            try await LiveFixture.run(fixture, changing: change) { live in
                let index = try #require(live.served.privateFiles.firstIndex { $0.file.value.hasPrefix("tls/shop.") })
                let answers = try await withThrowingTaskGroup(of: [String: Int].self) { group in
                    let isDone = Atomic(false)
                    group.addTask { [client = live.client] in
                        var answers: [String: Int] = [:]
                        while !isDone.load(ordering: .relaxed) {
                            let answer: String
                            do { answer = "\(try await client.send("GET https://\(Self.host)/").status)" } catch {
                                answer = "\(error)"
                            }
                            answers[answer, default: 0] += 1
                        }
                        return answers
                    }
                    var configuration = live.served
                    for round in 0..<200 {
                        let secret = secrets[round % secrets.count]
                        configuration.privateFiles[index].content = SecretBytes(Array(secret.certificate + secret.key))
                        try write(configuration)
                        // It holds from the next handshake on.
                        let shown = try await live.client.send("GET https://\(Self.host)/").certificate?.sha256
                        #expect(shown == secret.fingerprint, "round \(round)")
                    }
                    isDone.store(true, ordering: .relaxed)
                    return try await group.reduce(into: [:]) { all, some in all.merge(some, uniquingKeysWith: +) }
                }
                #expect(answers.keys.count == 1 && answers.values.reduce(0, +) > 100, "\(answers)")
                #expect(answers.keys.allSatisfy { Int($0) != nil }, "\(answers)")
            }
            withExtendedLifetime(lock) {}
        }
    }
}
