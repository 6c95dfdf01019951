import Controller
package import Diagnostics
package import Foundation
import Incremental
import IngressTranslation
package import NginxControl
import NginxSyntax
import ProxyConfiguration

/// The status of a controller in `status.json`; nothing in it is secret.
package struct ControllerStatus: Codable, Hashable {
    package struct GenerationStatus: Codable, Hashable {
        package var id: String
        /// When this controller first found nginx to serve it.
        package var since: Date
    }

    package struct SetAside: Codable, Hashable {
        package var object: DiagnosticRecord.Object
        package var since: Date
        /// `last-good-form` or `nothing`.
        package var serves: String
        package var finding: DiagnosticRecord
    }

    package struct Certificate: Codable, Hashable {
        package var file: String
        /// The Secret that it comes from; `nil` for the one that serves hosts without their own.
        package var secret: DiagnosticRecord.Object?
        package var expires: Date?
    }

    package struct Swap: Codable, Hashable {
        package var at: Date
        /// `settled`, `replaced`, `awaits-nginx` or `failed`.
        package var result: String
        package var generation: String?
        /// The files that were replaced without a reload, not all of very many.
        package var files: [String]?
        package var error: String?
        /// By the name of the step.
        package var milliseconds: [String: Double]

        fileprivate static let mostFiles = 20
    }

    /// The endpoints that serve, and how nginx comes to know of them.
    package struct Endpoints: Codable, Hashable {
        /// Those that nginx asks for; the file `endpoints` lists them.
        package var byDNS = 0
        /// Those that stand in its configuration.
        package var byReload = 0
        /// How many changes have taken no reload since this controller has started.
        package var changes = 0
        /// When the last of these was.
        package var changed: Date?
    }

    private static let keptSwaps = 20
    private static let mostLeftOut = 1_000
    private static let mostCertificates = 200

    package var version: String
    package var processIdentifier = getpid()
    package var started = Date()
    package var updated = Date()
    package var source: String
    /// The generation that nginx serves, as far as the controller knows.
    package var generation: GenerationStatus?
    /// Why what the source says does not serve.
    package var error: String?
    package var setAside: [SetAside] = []
    /// The first to expire comes first; not all of very many are told.
    package var certificates: [Certificate] = []
    /// How many there are; `nil` from a controller that tells all.
    package var certificateCount: Int? = 0
    /// `nil` from a controller that does not tell.
    package var endpoints: Endpoints?
    package var diagnostics: [DiagnosticRecord] = []
    /// Why Ingresses are left out that are none of ours; `nil` from a controller that does not tell.
    package var leftOut: [DiagnosticRecord]? = []
    /// How many there are: not all of very many are told.
    package var leftOutCount: Int? = 0
    /// The last ones, the newest first.
    package var swaps: [Swap] = []

    /// Goes on where an earlier process stopped.
    init(source: String, version: String, after earlier: ControllerStatus?) {
        self.version = version
        self.source = source.printable
        swaps = earlier?.swaps ?? []
        generation = earlier?.generation
    }

    /// Reads what a controller has told; `nil` where there is nothing that makes sense.
    package init?(in state: StateFolder) {
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

    /// - Parameter memory: That of the latest report.
    mutating func note(_ report: ReconcileReport, _ memory: inout StatusMemory, now: Date) {
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
            note(certificatesIn: report.translation.configuration.privateFiles, &memory)
        }
        note(endpointsOf: report, &memory, now: now)
        guard let swap = Swap(report, at: now) else { return }
        // What fails is tried again and again; the last of such tries tells as much as all of them.
        if swap.error != nil, swaps.first?.result == swap.result { swaps.removeFirst() }
        swaps = Array(([swap] + swaps).prefix(Self.keptSwaps))
    }
}

extension ControllerStatus {
    private mutating func note(certificatesIn files: [PrivateFile], _ memory: inout StatusMemory) {
        guard !memory.files.sharesStorage(with: files) else { return }
        memory.files = files
        let all = files.filter(\.kind.isOwnCertificate)
            .map { (expiry: $0.expiry ?? .max, file: $0) }
            .sorted { ($0.expiry, $0.file.file.value) < ($1.expiry, $1.file.file.value) }
        certificateCount = all.count
        certificates = all.prefix(Self.mostCertificates).map { Certificate($0.file) }
    }

    private mutating func note(endpointsOf report: ReconcileReport, _ memory: inout StatusMemory, now: Date) {
        var endpoints = endpoints ?? Endpoints()
        let translation = report.translation
        endpoints.byDNS = translation.endpoints.count
        let upstreams = translation.configuration.upstreams
        let stretch = DifferingStretch(from: memory.upstreams, to: upstreams, by: ==)
        endpoints.byReload += upstreams[stretch.new].reduce(0) { $0 + $1.servers.count }
        endpoints.byReload -= memory.upstreams[stretch.old].reduce(0) { $0 + $1.servers.count }
        memory.upstreams = upstreams
        if report.endpointChanges > 0 {
            endpoints.changes += report.endpointChanges
            endpoints.changed = now
        }
        self.endpoints = endpoints
    }
}

/// What the latest status tells of, which is not told anew where it is the same in memory: of both there may be very many.
struct StatusMemory {
    fileprivate var upstreams: [Upstream] = []
    fileprivate var files: [PrivateFile] = []
}

extension ControllerStatus.Certificate {
    fileprivate init(_ certificate: PrivateFile) {
        file = certificate.file.value
        secret = certificate.origin.map(DiagnosticRecord.Object.init)
        expires = certificate.expiry.map { Date(timeIntervalSince1970: TimeInterval($0)) }
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
        case .success(.replaced(let files)):
            result = "replaced"
            self.files = Array(files.prefix(Self.mostFiles))
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
