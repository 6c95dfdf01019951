package import Diagnostics
package import KubernetesModel
package import YAML

/// Reads the objects that Postern knows out of manifests, and says what is wrong with them.
///
/// Any input has a result: what cannot be read is left out with a diagnostic, as little as possible of it.
package struct ManifestReader: Sendable {
    /// The namespace of objects that name none.
    package var defaultNamespace: String

    package init(defaultNamespace: String = "default") {
        self.defaultNamespace = defaultNamespace
    }

    /// Reads YAML and JSON files; of two objects with the same kind and name, the later one wins.
    package func read(_ files: [ManifestFile]) -> (snapshot: ClusterSnapshot, diagnostics: [Diagnostic]) {
        Self.join(files.lazy.map(read))
    }

    /// Reads one file for itself.
    package func read(_ file: ManifestFile) -> ManifestReading {
        var reading = ManifestReading()
        var room = Self.longestReport
        var rest = FindingList(limit: 0)
        for document in DocumentReader(file.bytes, file: file.name) {
            var part = part(document, of: file)
            if part.diagnostics.count > room {
                rest.append(contentsOf: part.diagnostics.dropFirst(room))
                part.diagnostics.removeLast(part.diagnostics.count - room)
            }
            room -= part.diagnostics.count
            reading.parts.append(part)
        }
        for var finding in rest.reported(about: "this file") {
            finding.position = SourcePosition(file: file.name, line: 1, column: 1)
            reading.parts.append(.init(diagnostics: [finding]))
        }
        return reading
    }

    /// How many findings one file may have that are told.
    private static let longestReport = 1_000

    private func part(_ document: Document, of file: ManifestFile) -> ManifestReading.Part {
        var part = ManifestReading.Part(diagnostics: document.diagnostics, isReadable: false)
        part.nature = .unreadable
        guard let root = document.root, root.value != .refused else {
            if document.holdsTemplate { part.nature = .template }
            return part
        }
        part.isReadable = true
        part.isEmpty = root.isNull
        var decoder = DocumentDecoder(file: file.name, defaultNamespace: defaultNamespace)
        decoder.read(root, inheriting: nil)
        part.objects = decoder.objects
        part.refused = decoder.refused
        part.diagnostics += decoder.diagnostics
        part.nature = document.holdsTemplate ? .template : decoder.nature
        part.asides = decoder.asides
        if decoder.nature == .foreign || decoder.nature == .reliedOn {
            part.asides += document.diagnostics.map { .init(object: decoder.only, finding: $0) }
        }
        return part
    }

    /// Joins what was read of several files; of two objects with the same kind and name, the later one wins.
    package static func join(
        _ readings: some Sequence<ManifestReading>
    ) -> (snapshot: ClusterSnapshot, diagnostics: [Diagnostic]) {
        join(readings, isRepository: false)
    }

    /// - Parameter isRepository: Whether files stand beside each other that are not applied together.
    static func join(
        _ readings: some Sequence<ManifestReading>,
        isRepository: Bool
    ) -> (snapshot: ClusterSnapshot, diagnostics: [Diagnostic]) {
        var builder = SnapshotBuilder(isRepository: isRepository)
        var diagnostics: [Diagnostic] = []
        for reading in readings {
            for part in reading.parts {
                diagnostics += part.diagnostics
                builder.refuse(part.refused)
                for object in part.objects { builder.add(object, diagnostics: &diagnostics) }
            }
        }
        return (builder.snapshot, builder.notes + diagnostics)
    }

    /// The objects of one document, which may be a list of them.
    package func objects(in root: Node, file: String, diagnostics: inout [Diagnostic]) -> [ManifestObject] {
        var reader = DocumentDecoder(file: file, defaultNamespace: defaultNamespace)
        reader.read(root, inheriting: nil)
        diagnostics += reader.diagnostics
        return reader.objects
    }

    /// Reads one object of an API server, which has no place; `nil` with diagnostics that say why there is none.
    ///
    /// - Parameters:
    ///   - apiVersion: What was asked for: the items of a list do not say what they are.
    ///   - kind: Likewise; not one of those that Postern reads has no object and no diagnostics.
    package func object(
        _ root: Node,
        apiVersion: String,
        kind: String
    ) -> (object: ManifestObject?, diagnostics: [Diagnostic]) {
        guard case .mapping(let mapping) = root.value, let kind = ObjectKind(rawValue: kind) else { return (nil, []) }
        var reader = ObjectReader(
            root: mapping,
            position: root.position,
            kind: kind,
            apiVersion: apiVersion,
            file: nil,
            defaultNamespace: defaultNamespace
        )
        let object = reader.object(kind)
        return (object, reader.diagnostics)
    }
}
