import Certificates
import Controller
import Diagnostics
import FolderSource
import Foundation
import IngressTranslation
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

/// The traces of two thousand reconciles, without an nginx.
@Suite(.timeLimit(.minutes(10))) struct ReconcileChurnTests {
    @Test func `two thousand reconciles hold no more than a hundred`() async {
        // In a process of its own: what other tests hold is no matter.
        await #expect(processExitsWith: .success) {
            try await TemporaryFolder.use { folder in
                let churn = try ReconcileChurn(folder)
                try await churn.run {
                    try await churn.reconcile(10...109)
                    let before = try #require(ProcessResources(of: getpid()))
                    try await churn.reconcile(110...2_109)
                    let after = try #require(ProcessResources(of: getpid()))
                    #expect(after.memory < before.memory + 16 * 1_024)
                    #expect(after.descriptors <= before.descriptors)
                }
                #expect(try FileManager.default.contentsOfDirectory(atPath: churn.kept.path).isEmpty)
            }
        }
    }
}

/// A folder that changes again and again, and what reconciles it.
private struct ReconcileChurn {
    /// Where good texts of broken files go.
    let kept: URL
    private let dataPlane: RecordingDataPlane
    private let folder: URL
    private let source: FolderSource
    private let reconciler: Reconciler
    private let settings: TranslationSettings

    init(_ folder: URL) throws {
        kept = folder.appending(path: "kept")
        self.folder = folder.appending(path: "manifests")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: false)
        source = try FolderSource(folder: self.folder.path, keepingIn: kept.path)
        var diagnostics: [Diagnostic] = []
        let capabilities = NginxCapabilities(version: NginxVersion(1, 22, 1))
        dataPlane = RecordingDataPlane(
            try #require(ConfigurationRenderer(for: capabilities, diagnostics: &diagnostics))
        )
        reconciler = Reconciler(dataPlane)
        let bundle = try SelfSignedCertificate.make(notBefore: 0, notAfter: 4_000_000_000)
        let file = try #require(PrivateFile.Name("tls/default.pem"))
        settings = TranslationSettings(
            fallbackCertificate: PrivateFile(
                .certificate,
                file: file,
                content: bundle.content,
                summary: bundle.summary
            ),
            listeners: [
                Listener(.http, at: .port(try #require(PortNumber(80)))),
                Listener(.https, at: .port(try #require(PortNumber(443)))),
            ],
            now: 1_767_225_600
        )
    }

    /// Watches the folder while `body` runs.
    func run(_ body: () async throws -> Void) async throws {
        try write(Shop.ingressClass, to: "class.yaml")
        for number in 0..<5 { try write(Shop.manifests(number, appRoot: "/0"), to: "\(number).yaml") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await source.watch() }
            try await body()
            group.cancelAll()
        }
    }

    /// Changes a file in each round; one of ten is broken for a round, and one of ten is gone for a round.
    func reconcile(_ rounds: ClosedRange<Int>) async throws {
        for round in rounds {
            let file = "\(round / 10 % 5).yaml"
            switch round % 10 {
            case 1: try write("kind: [", to: file)
            case 2: try FileManager.default.removeItem(at: folder.appending(path: file))
            default: try write(Shop.manifests(round / 10 % 5, appRoot: "/\(round)"), to: file)
            }
            let changes = await dataPlane.changes
            let reading = await source.read()
            let input = SourceReading(snapshot: reading.snapshot, diagnostics: reading.diagnostics)
            _ = await reconciler.reconcile(input, settings)
            // A broken file changes nothing: its last good text goes on.
            let isBroken = round % 10 == 1
            #expect(await dataPlane.changes == changes + (isBroken ? 0 : 1), "round \(round)")
        }
    }

    private func write(_ text: String, to name: String) throws {
        let temporary = folder.appending(path: ".new")
        try Data(text.utf8).write(to: temporary)
        guard rename(temporary.path, folder.appending(path: name).path) == 0 else {
            throw CocoaError(.fileWriteUnknown)
        }
    }
}
