import Controller
import Daemon
import Diagnostics
import Foundation
import IngressTranslation
import KubernetesModel
import Monitoring
import NginxControl
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import Synchronization

/// A controller within this process, which reconciles with an nginx that it supervises on free ports.
struct ReconcilingSite {
    private let dataPlane: NginxDataPlane
    private let reconciler: Reconciler
    private let journal: Journal
    private let settings: TranslationSettings
    private let written: WrittenTime

    init(in folder: URL) async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let state = StateFolder(folder.appending(path: "state").path)
        guard let program = NginxProgram(), let capabilities = await program.capabilities() else {
            throw BenchmarkError.failed("nginx is not installed")
        }
        var diagnostics: [Diagnostic] = []
        guard let renderer = ConfigurationRenderer(for: capabilities, diagnostics: &diagnostics) else {
            throw BenchmarkError.templates(diagnostics.map(\.text))
        }
        let processIDFile = "\(state.path)/nginx.pid"
        let socket = "\(state.path)/status.sock"
        let written = WrittenTime()
        self.written = written
        dataPlane = try NginxDataPlane(
            state,
            DataPlaneSettings(ownership: .supervised(program), processIDFile: processIDFile, statusSocket: socket),
            prover: Prover(
                program,
                renderer: renderer,
                bounds: ProofBounds(variations: false, time: .seconds(2), culprits: 256, start: .seconds(600)),
                misrouting: .setAside
            ),
            renderer: renderer,
            atStep: { if $0 == .pointed { written.note() } }
        )
        reconciler = Reconciler(dataPlane)
        journal = Journal(
            state,
            source: "memory",
            version: "benchmark",
            Health(),
            ControllerMetrics(version: "benchmark")
        )
        var settings = TranslationSettings(
            fallbackCertificate: try FallbackFile.certificate(),
            listeners: try [Listener.Scheme.http, .https].compactMap { scheme in
                PortNumber(Int(try FreePort.find())).map { Listener(scheme, at: .port($0)) }
            },
            now: Int64(Date().timeIntervalSince1970)
        )
        settings.assumesMissingObjects = false
        settings.readsManifests = false
        settings.status = FilePath(socket).map { .unix($0) }
        settings.process = ProcessSettings(
            pidFile: FilePath(processIDFile),
            errorLog: FilePath("\(state.logs)/error.log"),
            refusalLog: FilePath(state.refusalLog),
            accessLog: nil,
            temporaryFolder: FilePath(state.temporaryFiles),
            workerShutdownTimeout: TimeSpan(seconds: 1)
        )
        self.settings = settings
    }

    /// Takes a snapshot live, and tells of it as a controller does.
    func reconcile(_ snapshot: ClusterSnapshot) async throws {
        let report = await reconciler.reconcile(SourceReading(snapshot: snapshot), settings)
        await journal.log(report)
        if case .failure(let error) = report.outcome { throw BenchmarkError.failed("\(error)") }
    }

    /// The processor time of this process, in seconds, when what nginx reads last came to its place.
    var writtenAt: Double { written.time }

    func stop() async { await dataPlane.stop(within: .seconds(1)) }
}

private final class WrittenTime: Sendable {
    private let latest = Mutex(0.0)

    var time: Double { latest.withLock(\.self) }

    func note() { latest.withLock { $0 = ProcessUsage.current.processorTime } }
}
