import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxRendering
import ProxyConfiguration
import Template
import TextDiff

/// The difference between two generations, as text that holds no key.
struct GenerationDiff {
    private let before: Pipeline.Result
    private let after: Pipeline.Result
    private let users: BackendUsers
    private let renames: UpstreamRenames

    /// The ConfigMaps with settings that say something else now.
    private let maps: [ObjectReference]

    /// - Parameter settings: Say which ConfigMaps settings come from.
    init(from before: Pipeline.Result, to after: Pipeline.Result, _ settings: TranslationSettings? = nil) {
        maps = settings.map { before.snapshot.changedSettings(to: after.snapshot, $0) } ?? []
        self.before = before
        self.after = after
        users = BackendUsers(before.configuration, after.configuration)
        renames = UpstreamRenames(from: before.configuration, to: after.configuration)
    }

    /// One file that differs.
    struct FileChange {
        var path: String
        var old: Generation.File?
        var new: Generation.File?
        var diff: TextDiff
    }

    /// Every file that differs.
    var files: [FileChange] {
        paths.compactMap { path in
            let old = before.generation.files.first { $0.path == path }
            let new = after.generation.files.first { $0.path == path }
            let diff = TextDiff(old: renames.applied(to: old?.printableText ?? ""), new: new?.printableText ?? "")
            return diff.isEmpty ? nil : FileChange(path: path, old: old, new: new, diff: diff)
        }
    }

    /// A line for each upstream that has another name now where many locations have it; these differ by it no more.
    var notes: String { renames.notes }

    /// A unified diff of every file that differs, each hunk headed by where it comes from.
    func unified(_ files: [FileChange], oldName: String, newName: String) -> String {
        notes
            + files.map { file in
                file.diff.unified(
                    oldName: file.old == nil ? "/dev/null" : "\(oldName)/\(file.path)".printable,
                    newName: file.new == nil ? "/dev/null" : "\(newName)/\(file.path)".printable
                ) { hunk in heading(of: hunk, in: file) }
            }.joined()
    }

    /// The files of both sides: the configuration, then the certificates by name.
    private var paths: [String] {
        let certificates = Set((before.generation.files + after.generation.files).map(\.path)).subtracting([
            "nginx.conf"
        ])
        return ["nginx.conf"] + certificates.sorted()
    }

    /// The objects that a hunk comes from; `nil` where it comes from none.
    func heading(of hunk: TextDiff.Hunk, in file: FileChange) -> String? {
        var origins: Set<ObjectReference> = []
        for side in [file.old, file.new] {
            if case .secret(let secret) = side?.content, let origin = secret.origin { origins.insert(origin) }
        }
        if file.path == "nginx.conf" { origins = self.origins(of: hunk) }
        let names = origins.isEmpty ? maps.map(\.description) : origins.sorted().map(users.describe)
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }

    /// Where the lines come from that a hunk of `nginx.conf` removes or adds.
    private func origins(of hunk: TextDiff.Hunk) -> Set<ObjectReference> {
        var origins: Set<ObjectReference> = []
        // A blank line belongs to nobody: it parts two neighbours.
        for line in hunk.lines where !line.text.isEmpty {
            switch line {
            case .context: continue
            case .removed(_, let number): if let origin = before.generation.origins[number] { origins.insert(origin) }
            case .added(_, let number): if let origin = after.generation.origins[number] { origins.insert(origin) }
            }
        }
        return origins
    }
}

extension ClusterSnapshot {
    /// The ConfigMaps that settings of all hosts, or of a class, come from and that differ between two snapshots.
    func changedSettings(to other: ClusterSnapshot, _ settings: TranslationSettings) -> [ObjectReference] {
        let classes = (ingressClasses + other.ingressClasses).compactMap(settings.classes.parameters)
        let names = Set(classes + [settings.globalConfigMap].compactMap(\.self)).sorted()
        return names.compactMap { name in
            let data = [self, other].map { side in side.configMaps.first { $0.namespacedName == name }?.data }
            return data[0] == data[1] ? nil : ObjectReference(kind: ConfigMap.kind, name)
        }
    }
}

extension Generation.File {
    /// The file's lines as they may be shown, or what may be told of a secret one.
    fileprivate var printableText: String {
        switch content {
        case .text(let bytes):
            String(decoding: bytes, as: UTF8.self).printableLines
        case .secret(let file): file.summary.map { $0.printable + "\n" }.joined()
        }
    }
}
