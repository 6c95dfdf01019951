import Controller
import Diagnostics
import Foundation
import KubernetesModel
import NginxControl

/// The file of objects that are set aside, so that the next process serves the same in their place.
///
/// It holds last good forms, and with them keys: only its owner can read it.
struct SetAsideFile: Codable, Hashable {
    struct Entry: Codable, Hashable {
        var refused: StoredObject
        var surroundings: String?
        var isCompanion: Bool?
        var lastGood: StoredObject?
        var finding: DiagnosticRecord
        var since: Int64
    }

    /// An object with all that is served of it.
    enum StoredObject: Codable, Hashable {
        case ingress(Ingress)
        case secret(metadata: ObjectMetadata, type: String, data: [String: Data])
    }

    var entries: [Entry]

    static func path(in state: StateFolder) -> String { "\(state.path)/set-aside.json" }

    /// Reads what an earlier process set aside; where that makes no sense, all of it is tried anew.
    static func load(from state: StateFolder) -> SettingAside {
        guard let data = FileManager.default.contents(atPath: path(in: state)),
            let file = try? JSONDecoder().decode(Self.self, from: data)
        else { return SettingAside() }
        var entries: [ObjectReference: SettingAside.Entry] = [:]
        for entry in file.entries {
            let refused = entry.refused.form
            guard let object = refused.reference else { continue }
            entries[object] = SettingAside.Entry(
                refused: refused,
                surroundings: entry.surroundings,
                isCompanion: entry.isCompanion ?? false,
                lastGood: entry.lastGood?.form,
                finding: Diagnostic(entry.finding, of: object),
                since: entry.since
            )
        }
        return SettingAside(entries)
    }

    static func save(_ aside: SettingAside, to state: StateFolder) throws {
        guard !aside.entries.isEmpty else {
            unlink(path(in: state))
            return
        }
        let file = SetAsideFile(
            entries: aside.entries.sorted { $0.key < $1.key }.map { _, entry in
                Entry(
                    refused: StoredObject(entry.refused),
                    surroundings: entry.surroundings,
                    isCompanion: entry.isCompanion,
                    lastGood: entry.lastGood.map(StoredObject.init),
                    finding: DiagnosticRecord(entry.finding),
                    since: entry.since
                )
            }
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let text = String(decoding: try encoder.encode(file), as: UTF8.self)
        try state.write(text + "\n", to: path(in: state), mode: 0o600)
    }
}

extension SetAsideFile.StoredObject {
    init(_ form: ObjectForm) {
        switch form {
        case .ingress(let ingress): self = .ingress(ingress)
        case .secret(let secret):
            self = .secret(metadata: secret.metadata, type: secret.type, data: secret.data.mapValues { Data($0.bytes) })
        }
    }

    var form: ObjectForm {
        switch self {
        case .ingress(let ingress): .ingress(ingress)
        case .secret(let metadata, let type, let data):
            .secret(Secret(metadata: metadata, type: type, data: data.mapValues { SecretBytes(Array($0)) }))
        }
    }
}

extension Diagnostic {
    /// A finding as it was written, without its place, which may have moved.
    fileprivate init(_ record: DiagnosticRecord, of object: ObjectReference) {
        self.init(
            Severity(rawValue: record.severity) ?? .error,
            code: record.code,
            record.message,
            object: object,
            field: record.field,
            hint: record.hint
        )
    }
}
