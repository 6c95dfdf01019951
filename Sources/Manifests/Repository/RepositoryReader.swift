package import Diagnostics
package import KubernetesModel

/// Reads the manifests of repositories, and passes over what stands beside them.
///
/// A file that was found in a folder need not be a manifest: of what is none, one note for each folder tells. Nor does
/// anybody ask here for what is wrong with objects that no Ingress relies on. A file that the user names is read as
/// ``ManifestReader`` reads it.
package struct RepositoryReader: Sendable {
    /// Whether everything that is found in a folder has to be a manifest, as in one that a controller watches.
    private let isStrict: Bool
    private let reader = ManifestReader()

    package init(isStrict: Bool = false) {
        self.isStrict = isStrict
    }

    /// The result of reading files.
    package struct Result: Sendable {
        package var snapshot = ClusterSnapshot()
        package var diagnostics: [Diagnostic] = []
        /// The names of the files that are no manifests.
        package var passedOver: Set<String> = []
        /// Whether no file holds anything.
        package var isEmpty = true
    }

    package func read(_ files: [ManifestFile]) -> Result {
        let structure = RepositoryStructure(isStrict ? [] : files.filter { $0.folder != nil })
        var result = Result()
        var notes: [String: FolderNotes] = [:]
        var readings: [(folder: String?, reading: ManifestReading)] = []
        for file in files {
            let (reading, other) = read(file, structure)
            if let folder = file.folder, !other.isEmpty {
                for kind in other { notes[folder, default: FolderNotes(folder)].add(file.name, kind) }
                if reading.parts.isEmpty { result.passedOver.insert(file.name) }
            }
            result.isEmpty = result.isEmpty && other.isEmpty && reading.parts.allSatisfy(\.isEmpty)
            readings.append((isStrict ? nil : file.folder, reading))
        }
        let reliedOn = Set(readings.flatMap(\.reading.objects).flatMap(\.reliesOn))
        for index in readings.indices {
            guard let folder = readings[index].folder else { continue }
            let asides = readings[index].reading.removeAsides(besides: reliedOn)
            if !asides.isEmpty { notes[folder, default: FolderNotes(folder)].add(asides) }
        }
        let joined = ManifestReader.join(readings.map(\.reading), isRepository: !isStrict)
        result.snapshot = joined.snapshot
        result.diagnostics = notes.sorted { $0.key < $1.key }.flatMap(\.value.diagnostics) + joined.diagnostics
        return result
    }

    /// Returns the manifests of a file, and the kinds of its other content.
    private func read(
        _ file: ManifestFile,
        _ structure: RepositoryStructure
    ) -> (ManifestReading, other: Set<FolderNotes.Kind>) {
        guard file.folder != nil, !isStrict else { return (reader.read(file), []) }
        if let kind = structure.kind(of: file.name) { return (ManifestReading(), [kind]) }
        var reading = reader.read(file)
        guard reading.parts.contains(where: { !$0.nature.isObject }) else { return (reading, []) }
        let fileNature = FileNature(of: file, reading)
        var other: Set<FolderNotes.Kind> = []
        reading.parts.removeAll { part in
            guard !part.isEmpty, let kind = FolderNotes.Kind(part.nature, in: fileNature) else { return false }
            other.insert(kind)
            return true
        }
        return (reading, other)
    }
}

/// The nature of a file, which tells what its documents are.
private enum FileNature {
    /// Other documents of the file are objects, so that this one probably was to be one.
    case manifests
    /// Directions for ytt, which stand in comments: documents that are no objects change others.
    case overlay
    /// Text that is broken, and that never was a manifest: none speaks of `apiVersion`.
    case strangers
    case unknown

    init(of file: ManifestFile, _ reading: ManifestReading) {
        if file.bytes.starts(with: "#@".utf8) || file.bytes.contains("\n#@".utf8) {
            self = .overlay
        } else if reading.parts.contains(where: { $0.nature.isObject }) {
            self = .manifests
        } else {
            self = file.bytes.contains("apiVersion".utf8) ? .unknown : .strangers
        }
    }
}

extension FolderNotes.Kind {
    /// Returns `nil` for what has to be told by itself.
    fileprivate init?(_ nature: DocumentNature, in fileNature: FileNature) {
        switch (nature, fileNature) {
        case (.template, _), (.other, .overlay): self = .template
        case (.encrypted, _): self = .encrypted
        case (.other, .strangers), (.other, .unknown), (.unreadable, .strangers): self = .noManifest
        default: return nil
        }
    }
}

extension ManifestReading {
    /// Takes away what is wrong with objects that nobody relies on.
    fileprivate mutating func removeAsides(besides reliedOn: Set<ObjectReference>) -> [Diagnostic] {
        var removed: [Diagnostic] = []
        for index in parts.indices where !parts[index].asides.isEmpty {
            let asides = Set(
                parts[index].asides.filter { !($0.object.map(reliedOn.contains) ?? false) }.map(\.finding)
            )
            removed += parts[index].diagnostics.filter(asides.contains)
            parts[index].diagnostics.removeAll(where: asides.contains)
        }
        return removed
    }
}

extension ManifestObject {
    /// The objects that are served by means of this one, or that say how.
    fileprivate var reliesOn: [ObjectReference] {
        switch self {
        case .ingress(let ingress):
            let namespace = ingress.metadata.namespace
            let backends = [ingress.defaultBackend] + ingress.rules.flatMap { $0.paths ?? [] }.map(\.backend)
            let services = backends.compactMap { backend -> ObjectReference? in
                guard case .service(let name, _) = backend else { return nil }
                return ObjectReference(kind: Service.kind, namespace: namespace, name: name)
            }
            return services
                + ingress.namedSecrets(within: .any).compactMap { ObjectReference(kind: Secret.kind, $0) }
        case .ingressClass(let ingressClass):
            guard let parameters = ingressClass.parameters else { return [] }
            let namespace = parameters.namespace ?? "default"
            return [ObjectReference(kind: ConfigMap.kind, namespace: namespace, name: parameters.name)].compactMap(
                \.self
            )
        default: return []
        }
    }
}
