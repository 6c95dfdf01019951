import Diagnostics
import Glibc
import KubernetesModel
import Manifests

/// The known content of all files below a folder.
struct FolderContents {
    private let folder: FileName
    private let reader = ManifestReader()
    private var texts: KeptTexts?
    private var records: [FileName: FileRecord] = [:]
    /// The files that count, in the order in which they do.
    private var order: [FileName] = []
    private var listing: FolderListing?
    /// Where the folder was when it was last read.
    private var device: UInt64?
    private var ownFindings: [Diagnostic] = []
    /// The Secrets of which more is kept than the name: those that Ingresses name, and some that none needs to.
    private var named: Set<NamespacedName>
    private let alwaysNamed: Set<NamespacedName>
    /// Whether a file was read since Secrets were last looked at.
    private var isChanged = false

    /// A certificate with its chain and its key is rarely as large, in bytes.
    private static let usualSecret = 16 << 10

    init(of folder: FileName, keepingIn keptFolder: String?, secrets: Set<NamespacedName> = []) {
        self.folder = folder
        texts = keptFolder.map(KeptTexts.init)
        named = secrets
        alwaysNamed = secrets
    }

    var reading: FolderReading {
        let (snapshot, diagnostics) = ManifestReader.join(order.compactMap { records[$0]?.reading })
        return FolderReading(snapshot: snapshot, diagnostics: ownFindings + diagnostics)
    }

    /// Whether a listing shows anything other than what was read.
    func differ(from newer: FolderListing, pending: PendingChanges) -> Bool {
        guard newer.names == listing?.names else { return true }
        return newer.files.contains { file, status in
            !pending.isBeingWritten(file) && records[file]?.status != status
        }
    }

    /// Reads what a listing shows to have changed, or the watch tells.
    mutating func update(_ newer: FolderListing, watch: inout FolderWatch) {
        let newer = unlessUnmounted(newer)
        let touched = watch.pending.take()
        ownFindings = []
        var files: [FileName] = []
        for entry in newer.entries {
            switch entry {
            case .file(let file, let status):
                update(file, status, isTouched: touched.contains(file), watch: &watch)
                files.append(file)
            case .unreadable(let part, let error):
                files += order.filter { $0.isBelow(part) }
                ownFindings.append(part == folder ? .missing(part, error) : .unreadableFolder(part, error))
            case .unreadableName(let file):
                ownFindings.append(.unreadableName(file))
            }
        }
        forget(allBut: files, isComplete: newer.isComplete)
        if isChanged { settleSecrets(newer, watch: &watch) }
        listing = newer
        keepTexts()
    }

    private mutating func update(_ file: FileName, _ status: FileStatus, isTouched: Bool, watch: inout FolderWatch) {
        if !isTouched, records[file]?.status == status { return }
        if records[file] == nil { records[file] = remembered(file) }
        guard !watch.pending.isBeingWritten(file) else { return }
        var record = records[file] ?? FileRecord()
        let name = file.text.printable
        do throws(UnreadableFile) {
            let content = try content(of: file, status)
            // Who has written to it meanwhile has spoilt what was read, even if it is complete by now.
            watch.takeEvents()
            guard !watch.pending.isTouched(file) else { return }
            // Who writes a file anew empties it first, a moment before the watch tells.
            if content.bytes.isEmpty, !record.reading.objects.isEmpty, record.emptied != status {
                record.emptied = status
                records[file] = record
                watch.pending.begin(file, at: .now)
                return
            }
            record.status = content.signature.map(FileStatus.file)
            if !record.isGood(content.bytes) || record.lacksContent(of: named) {
                record.take(reader.read(ManifestFile(name: name, bytes: content.bytes)), of: content.bytes, file: name)
                // What no certificate is as large as does not wait until all Ingresses are known.
                record.strip(besides: named, above: Self.usualSecret)
                isChanged = true
            }
        } catch {
            record.status = status
            if case (.file, .system(let reason)) = (status, error) {
                // What has vanished since it was listed is gone from the next listing.
                if reason.number == ENOENT { return }
                // What cannot be opened now may be openable later, and look the same.
                record.status = nil
            }
            record.take(error, file: name)
        }
        records[file] = record
    }

    /// Forgets what Secrets hold that nobody names, and reads those again that came to be named.
    private mutating func settleSecrets(_ listing: FolderListing, watch: inout FolderWatch) {
        isChanged = false
        named = alwaysNamed
        for file in order { named.formUnion(records[file]?.namedSecrets ?? []) }
        for (file, status) in listing.files where records[file]?.lacksContent(of: named) ?? false {
            records[file]?.status = nil
            update(file, status, isTouched: true, watch: &watch)
        }
        for file in order { records[file]?.strip(besides: named, above: 0) }
        isChanged = false
    }

    private func content(of file: FileName, _ status: FileStatus) throws(UnreadableFile) -> FileContent {
        switch status {
        case .file: try FileContent(of: file)
        case .failing(let error): throw .system(error)
        case .folder, .other: throw .notRegular
        }
    }

    /// The file as it was when an earlier run last found it good; `nil` where no such text was kept.
    private mutating func remembered(_ file: FileName) -> FileRecord? {
        guard let text = texts?.text(of: file) else { return nil }
        let name = file.text.printable
        let reading = reader.read(ManifestFile(name: name, bytes: text))
        return FileRecord(remembering: reading, of: text, file: name)
    }

    /// A folder that has lost all of its files with its file system is not empty, but away.
    private func unlessUnmounted(_ newer: FolderListing) -> FolderListing {
        guard newer.entries.isEmpty, !order.isEmpty, device != FileStatus(of: folder).device else { return newer }
        return FolderListing(unreadable: folder, SystemError(ENODEV))
    }

    private mutating func forget(allBut files: [FileName], isComplete: Bool) {
        let before = order.count
        order = files.filter { records[$0] != nil }
        if order.count != before { isChanged = true }
        if records.count > order.count {
            let counting = Set(order)
            records = records.filter { counting.contains($0.key) }
        }
        guard isComplete else { return }
        device = FileStatus(of: folder).device
        texts?.retain(files)
    }

    private mutating func keepTexts() {
        for file in order {
            guard let record = records[file] else { continue }
            do throws(SystemError) {
                if !record.isKeeping, !record.isRemembered {
                    texts?.remove(file)
                } else if let text = record.goodText {
                    try texts?.keep(text, of: file)
                }
            } catch {
                ownFindings.append(.notKept(file, error))
            }
        }
    }
}

extension Diagnostic {
    fileprivate static func missing(_ folder: FileName, _ error: SystemError) -> Diagnostic {
        Diagnostic(
            .error,
            code: "source-missing",
            "the folder \(folder.text.printable) cannot be read: \(error); what was last read of it keeps serving"
        )
    }

    fileprivate static func unreadableFolder(_ folder: FileName, _ error: SystemError) -> Diagnostic {
        Diagnostic(
            .error,
            code: "folder-unreadable",
            "the folder \(folder.text.printable) cannot be read: \(error); what was last read of it keeps serving"
        )
    }

    fileprivate static func unreadableName(_ file: FileName) -> Diagnostic {
        Diagnostic(
            .error,
            code: "file-unreadable",
            "the name \(file.text.printable) is not UTF-8; the file is not read",
            hint: "give the file another name"
        )
    }

    fileprivate static func notKept(_ file: FileName, _ error: SystemError) -> Diagnostic {
        Diagnostic(
            .warning,
            code: "file-not-saved",
            "the last good content of the file cannot be saved: \(error); it serves until Postern ends",
            position: SourcePosition(file: file.text.printable, line: 1, column: 1)
        )
    }
}
