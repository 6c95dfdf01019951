import Diagnostics
import KubernetesModel
import Manifests

/// The record of one file: what counts of it now, and what it was when it was good.
struct FileRecord: Sendable {
    /// The stamp of the file when it was read; `nil` when it must be read again in any case.
    var status: FileStatus?
    /// The stamp of the file when it was last found empty and given time to be written; it counts as empty when it is
    /// the same after that time.
    var emptied: FileStatus?
    /// The parts of the file that count, in the order of its documents.
    private(set) var reading = ManifestReading() {
        didSet { namedSecrets = reading.namedSecrets }
    }
    /// The text in which everything could be read that had been read before; `nil` when there never was one.
    private(set) var goodText: SecretBytes?
    /// Whether something counts that the file no longer says.
    private(set) var isKeeping = false
    /// Whether nothing of it was read yet but the good text that an earlier run left.
    private(set) var isRemembered = false
    /// The Secrets of which the name is known alone.
    private var stripped: Set<NamespacedName> = []
    /// The Secrets that the file's Ingresses name.
    private(set) var namedSecrets: Set<NamespacedName> = []
    /// How many errors the good text has that name no object.
    private var namelessErrors = 0

    init() {}

    /// Takes the good text that an earlier run left.
    init(remembering reading: ManifestReading, of bytes: [UInt8], file: String) {
        take(reading, of: bytes, file: file)
        isRemembered = true
    }

    /// Whether a text is the good one, and so need not be parsed again.
    func isGood(_ bytes: [UInt8]) -> Bool {
        !isKeeping && !isRemembered && goodText?.bytes == bytes
    }

    /// Takes a new text of the file; what it has lost by an error is kept.
    mutating func take(_ new: ManifestReading, of bytes: [UInt8], file: String) {
        isRemembered = false
        guard new.isReadable else {
            if goodText == nil || reading.objects.isEmpty {
                // There is nothing to keep.
                reading = new
                goodText = nil
                isKeeping = false
            } else {
                keepAll(new.parts.filter { !$0.isReadable }.flatMap(\.diagnostics), file: file)
            }
            return
        }
        let kept = lost(in: new)
        reading = new
        stripped = []
        isKeeping = !kept.isEmpty
        guard kept.isEmpty else {
            reading.parts.append(.init(diagnostics: kept.map { .objectKept($0, file: file) }, objects: kept))
            return
        }
        goodText = SecretBytes(bytes)
        namelessErrors = new.namelessErrors
    }

    /// Whether the content of a Secret that is named now was forgotten.
    func lacksContent(of named: Set<NamespacedName>) -> Bool { stripped.contains(where: named.contains) }

    /// Forgets what Secrets hold that nobody names and that are above a size, in bytes.
    ///
    /// The text of a file that holds nothing else is forgotten with them: nothing of it would serve if the file went bad.
    mutating func strip(besides named: Set<NamespacedName>, above size: Int) {
        var (isChanged, holdsMore) = (false, false)
        var parts = reading.parts
        for part in parts.indices {
            for index in parts[part].objects.indices {
                guard case .secret(let secret) = parts[part].objects[index], !named.contains(secret.namespacedName)
                else {
                    holdsMore = true
                    continue
                }
                guard !secret.data.isEmpty else { continue }
                guard secret.size > size else {
                    holdsMore = true
                    continue
                }
                parts[part].objects[index] = .secret(secret.nameOnly)
                stripped.insert(secret.namespacedName)
                isChanged = true
            }
        }
        guard isChanged else { return }
        reading.parts = parts
        if !holdsMore { goodText = nil }
    }

    /// Takes note that the file cannot be read at all.
    mutating func take(_ reason: UnreadableFile, file: String) {
        isRemembered = false
        let diagnostic = Diagnostic.unreadable(reason, file: file)
        guard reading.objects.isEmpty else {
            keepAll([diagnostic], file: file)
            return
        }
        reading = ManifestReading(parts: [.init(diagnostics: [diagnostic], isReadable: false)])
        goodText = nil
        isKeeping = false
    }

    private mutating func keepAll(_ findings: [Diagnostic], file: String) {
        isKeeping = true
        let diagnostics = findings + [.fileKept(file)]
        reading = ManifestReading(
            parts: [.init(diagnostics: diagnostics, objects: reading.objects, isReadable: false)]
        )
    }

    /// The objects that a new text leaves out by an error, of those that count now.
    ///
    /// An error that names no object, such as that of a key that stands twice, may be about any of them.
    private func lost(in new: ManifestReading) -> [ManifestObject] {
        let present = Set(new.objects.compactMap(\.reference))
        let wrong = Set(new.diagnostics.filter { $0.severity == .error }.compactMap(\.object))
        let isUnclear = new.namelessErrors > namelessErrors
        return reading.objects.filter { object in
            guard let reference = object.reference else { return false }
            return !present.contains(reference) && (isUnclear || wrong.contains(reference))
        }
    }
}

extension Secret {
    fileprivate var size: Int { data.values.reduce(0) { $0 + $1.bytes.count } }
}

extension ManifestReading {
    fileprivate var namedSecrets: Set<NamespacedName> {
        objects.reduce(into: []) { names, object in
            switch object {
            case .ingress(let ingress): names.formUnion(ingress.namedSecrets(within: .any))
            case .configMap(let map): names.formUnion(map.namedSecrets)
            default: break
            }
        }
    }

    fileprivate var namelessErrors: Int {
        diagnostics.count { $0.severity == .error && $0.object == nil }
    }
}

extension Diagnostic {
    fileprivate static func unreadable(_ reason: UnreadableFile, file: String) -> Diagnostic {
        Diagnostic(
            .error,
            code: "file-unreadable",
            "the file cannot be read: \(reason)",
            position: SourcePosition(file: file, line: 1, column: 1)
        )
    }

    fileprivate static func fileKept(_ file: String) -> Diagnostic {
        Diagnostic(
            .warning,
            code: "file-kept",
            "nothing of the file as it is now counts; its last good content keeps serving",
            position: SourcePosition(file: file, line: 1, column: 1),
            hint: "correct the file, or delete it to stop serving what it held"
        )
    }

    fileprivate static func objectKept(_ object: ManifestObject, file: String) -> Diagnostic {
        Diagnostic(
            .warning,
            code: "object-kept",
            "the file holds an error and no longer this object; the object keeps serving in its last good form",
            object: object.reference,
            position: SourcePosition(file: file, line: 1, column: 1),
            hint: "correct the error, and the object goes or comes as the file says"
        )
    }
}
