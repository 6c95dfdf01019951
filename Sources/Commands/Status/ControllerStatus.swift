import ArgumentParser
import Controller
import Diagnostics
import Foundation
import IngressTranslation
import NginxControl
import NginxSyntax
import ProxyConfiguration

/// What a controller tells of itself in `status.json`; nothing in it is secret.
struct ControllerStatus: Codable, Hashable {
    struct GenerationStatus: Codable, Hashable {
        var id: String
        /// When this controller first found nginx to serve it.
        var since: Date
    }

    struct SetAside: Codable, Hashable {
        var object: DiagnosticRecord.Object
        var since: Date
        /// `last-good-form` or `nothing`.
        var serves: String
        var finding: DiagnosticRecord
    }

    struct Certificate: Codable, Hashable {
        var file: String
        /// The Secret that it comes from; `nil` for the one that serves hosts without their own.
        var secret: DiagnosticRecord.Object?
        var expires: Date?
    }

    struct Swap: Codable, Hashable {
        var at: Date
        /// `settled`, `awaits-nginx` or `failed`.
        var result: String
        var generation: String?
        var error: String?
        /// By the name of the step.
        var milliseconds: [String: Double]
    }

    private static let keptSwaps = 20
    private static let mostLeftOut = 1_000

    var version = PosternCommand.configuration.version
    var processIdentifier = getpid()
    var started = Date()
    var updated = Date()
    var source: String
    /// The generation that nginx serves, as far as the controller knows.
    var generation: GenerationStatus?
    /// Why what the source says does not serve.
    var error: String?
    var setAside: [SetAside] = []
    /// The first to expire comes first.
    var certificates: [Certificate] = []
    var diagnostics: [DiagnosticRecord] = []
    /// Why Ingresses are left out that are none of ours; `nil` from a controller that does not tell.
    var leftOut: [DiagnosticRecord]? = []
    /// How many there are: not all of very many are told.
    var leftOutCount: Int? = 0
    /// The last ones, the newest first.
    var swaps: [Swap] = []

    /// Goes on where an earlier process stopped.
    init(source: String, after earlier: ControllerStatus?) {
        self.source = source.printable
        swaps = earlier?.swaps ?? []
        generation = earlier?.generation
    }

    /// Reads what a controller has told; `nil` where there is nothing that makes sense.
    init?(in state: StateFolder) {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        guard let data = FileManager.default.contents(atPath: state.statusFile),
            let status = try? decoder.decode(Self.self, from: data)
        else { return nil }
        self = status
    }

    var json: String {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // Text, numbers and dates always have a form in JSON.
        return String(decoding: (try? encoder.encode(self)) ?? Data(), as: UTF8.self) + "\n"
    }

    mutating func note(_ report: ReconcileReport, now: Date) {
        updated = now
        error = nil
        if case .failure(let failure) = report.outcome { error = failure.description.printable }
        setAside = report.settingAside.entries.sorted { $0.key < $1.key }.map(SetAside.init)
        diagnostics = report.diagnostics.map(DiagnosticRecord.init)
        leftOut = report.translation.leftOut.prefix(Self.mostLeftOut).map(DiagnosticRecord.init)
        leftOutCount = report.translation.leftOut.count
        if let id = report.generation {
            if case .success(.awaitsProxy) = report.outcome {
                generation = nil
            } else if generation?.id != id {
                generation = GenerationStatus(id: id, since: now)
            }
            certificates = report.translation.configuration.certificates.map { certificate in
                Certificate(
                    file: certificate.file.value,
                    secret: certificate.origin.map(DiagnosticRecord.Object.init),
                    expires: certificate.notAfter.map { Date(timeIntervalSince1970: TimeInterval($0)) }
                )
            }
            certificates.sort { ($0.expires ?? .distantFuture, $0.file) < ($1.expires ?? .distantFuture, $1.file) }
        }
        guard let swap = Swap(report, at: now) else { return }
        // What fails is tried again and again; the last of such tries tells as much as all of them.
        if swap.error != nil, swaps.first?.result == swap.result { swaps.removeFirst() }
        swaps = Array(([swap] + swaps).prefix(Self.keptSwaps))
    }
}

extension ControllerStatus.SetAside {
    fileprivate init(_ object: ObjectReference, _ entry: SettingAside.Entry) {
        self.object = DiagnosticRecord.Object(object)
        since = Date(timeIntervalSince1970: TimeInterval(entry.since))
        serves = entry.lastGood == nil ? "nothing" : "last-good-form"
        finding = DiagnosticRecord(entry.finding)
    }
}

extension ControllerStatus.Swap {
    /// Returns `nil` where nothing was swapped.
    fileprivate init?(_ report: ReconcileReport, at now: Date) {
        switch report.outcome {
        case .success(.unchanged): return nil
        case .success(.settled): result = "settled"
        case .success(.awaitsProxy): result = "awaits-nginx"
        case .failure(let failure):
            result = "failed"
            error = failure.description.printable
        }
        at = now
        generation = report.generation
        milliseconds = Dictionary(
            report.steps.map { ($0.step.rawValue, ($0.duration / .microseconds(10)).rounded() / 100) },
            uniquingKeysWith: +
        )
    }
}
