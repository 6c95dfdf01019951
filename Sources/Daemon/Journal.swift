package import Controller
import Diagnostics
import Foundation
import Logging
package import Monitoring
package import NginxControl

/// Tells people and programs what the controller does: the log, the status file, metrics and readiness.
package actor Journal {
    private let logger = Logger(label: "postern") { StreamLogHandler.standardError(label: $0) }
    private let state: StateFolder
    private var status: ControllerStatus
    private var statusMemory = StatusMemory()
    private var reported: Set<Diagnostic> = []
    /// The findings of the latest report, in their order.
    private var latest: [Diagnostic] = []
    private var lastError: DataPlaneError?
    private var isWritable = true

    private nonisolated let health: Health
    private nonisolated let metrics: ControllerMetrics

    package init(
        _ state: StateFolder,
        source: String,
        version: String,
        _ health: Health,
        _ metrics: ControllerMetrics
    ) {
        self.state = state
        self.health = health
        self.metrics = metrics
        status = ControllerStatus(source: source, version: version, after: ControllerStatus(in: state))
    }

    package func log(_ report: ReconcileReport) {
        log(report.diagnostics)
        switch report.outcome {
        case .success(.settled): log(.info, "generation \(report.generation ?? "") serves: \(report.steps.text)")
        case .success(.replaced(let files)):
            log(.info, "replaced without a reload: \(files.listed): \(report.steps.text)")
        case .success(.awaitsProxy):
            log(.notice, "generation \(report.generation ?? "") is ready; no nginx runs that could serve it")
        case .success(.unchanged) where report.endpointChanges > 0:
            log(.info, "\(report.endpointChanges) change(s) of endpoints, without a reload")
        case .success(.unchanged): log(.debug, "nothing has changed for nginx")
        case .failure(let error):
            if lastError != error { log(.error, "not taken live: \(error)") }
        }
        if case .failure(let error) = report.outcome { lastError = error } else { lastError = nil }
        let now = Date()
        metrics.note(report, now: Int64(now.timeIntervalSince1970))
        if report.serves { health.generationServes() }
        status.note(report, &statusMemory, now: now)
        write()
    }

    /// Tells what serves before the source is read.
    func recovered(_ recovery: Recovery) {
        switch recovery {
        case .found(let process, let id, let hasControlAPI):
            let place = process.map { " as process \($0)" } ?? ""
            let served = id.map { "generation \($0)" } ?? "another configuration"
            log(.notice, "nginx runs\(place) and serves \(served)\(Self.way(hasControlAPI))")
        case .started(let process, let id, let hasControlAPI):
            log(.notice, "nginx is started as process \(process) on generation \(id)\(Self.way(hasControlAPI))")
        case .nothing: log(.notice, "no nginx runs yet")
        }
    }

    private static func way(_ hasControlAPI: Bool) -> String {
        hasControlAPI ? "; it is told to reload by its control API" : ""
    }

    func failed(_ what: String, _ error: DataPlaneError) {
        log(.error, "\(what): \(error)")
    }

    /// Tells that somebody has it look for changes.
    func asked() { log(.notice, "SIGHUP: looks for what has changed") }

    func passedOver(_ signal: String) {
        log(.notice, "\(signal) means nothing to Postern, and goes to nginx's master where it is meant for nginx")
    }

    func ended() {
        log(.notice, "ended")
    }

    func log(_ level: Logger.Level, _ text: String) {
        // Whatever it quotes, it is one line.
        logger.log(level: level, "\(text.printable)", source: "run")
    }

    /// Tells findings that are new, and how many have gone.
    private func log(_ diagnostics: [Diagnostic]) {
        guard diagnostics != latest else { return }
        latest = diagnostics
        for finding in diagnostics where reported.insert(finding).inserted {
            log(finding.severity.level, finding.line)
        }
        let gone = reported.subtracting(diagnostics)
        guard !gone.isEmpty else { return }
        reported.subtract(gone)
        log(.info, "\(gone.count) finding\(gone.count == 1 ? " is" : "s are") gone, \(reported.count) left")
    }

    private func write() {
        do throws(StateFolderError) {
            try state.write(status.json, to: state.statusFile, lasts: false)
            isWritable = true
        } catch {
            if isWritable { log(.error, "the status cannot be written: \(error)") }
            isWritable = false
        }
    }
}

extension Diagnostic.Severity {
    fileprivate var level: Logger.Level {
        switch self {
        case .error: .error
        case .warning: .warning
        case .note: .info
        }
    }
}

extension ReconcileReport {
    /// Whether nginx answers for what was reconciled.
    var serves: Bool {
        switch outcome {
        case .success(.settled), .success(.replaced), .success(.unchanged): true
        case .success(.awaitsProxy), .failure: false
        }
    }
}

extension [String] {
    /// `a, b, c and 7 more`.
    fileprivate var listed: String {
        let rest = count - 3
        return prefix(3).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }
}

extension [StepTime] {
    /// `read 1 ms, translate 2 ms, … (90 ms)`.
    var text: String {
        let parts = map { "\($0.step.rawValue) \($0.duration.milliseconds) ms" }.joined(separator: ", ")
        return "\(parts) (\(reduce(.zero) { $0 + $1.duration }.milliseconds) ms)"
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int { Int((self / .milliseconds(1)).rounded()) }
}
