package import Diagnostics
package import IngressTranslation
package import KubernetesModel

/// An object that does not go live as the input has it, and its replacement.
package struct SettingAside: Sendable, Hashable {
    /// An object that the proxy refused.
    package struct Entry: Sendable, Hashable {
        /// The form that was refused; another one is tried anew.
        package var refused: ObjectForm
        /// A digest of what an Ingress named then: with other Secrets, Services or ConfigMaps it is tried anew as well.
        package var surroundings: String?
        /// Whether no fault of the object is known, and it is set aside because of others in its namespace.
        package var isCompanion: Bool
        /// The form that serves in its place; `nil` where nothing does.
        package var lastGood: ObjectForm?
        package var finding: Diagnostic
        /// Seconds since 1970.
        package var since: Int64

        package init(
            refused: ObjectForm,
            surroundings: String? = nil,
            isCompanion: Bool = false,
            lastGood: ObjectForm?,
            finding: Diagnostic,
            since: Int64
        ) {
            self.refused = refused
            self.surroundings = surroundings
            self.isCompanion = isCompanion
            self.lastGood = lastGood
            self.finding = finding
            self.since = since
        }
    }

    package private(set) var entries: [ObjectReference: Entry]

    package init(_ entries: [ObjectReference: Entry] = [:]) {
        self.entries = entries
    }

    /// Forgets what has gone or changed since it was refused, and with it what was set aside because of it.
    package mutating func review(_ snapshot: ClusterSnapshot, _ settings: TranslationSettings) {
        guard !entries.isEmpty else { return }
        let forms = snapshot.forms(of: Set(entries.keys))
        let surroundings = Surroundings(snapshot, settings)
        let before = entries
        entries = entries.filter { object, entry in
            guard forms[object] == entry.refused else { return false }
            guard case .ingress(let ingress) = entry.refused else { return true }
            return surroundings.digest(of: ingress) == entry.surroundings
        }
        let culprits = Set(entries.filter { !$0.value.isCompanion }.map(\.key.namespace))
        let mended = Set(before.filter { !$0.value.isCompanion && entries[$0.key] == nil }.map(\.key.namespace))
        // Where nobody in the namespace is at fault there is nobody to wait for.
        entries = entries.filter { object, entry in
            !entry.isCompanion || culprits.contains(object.namespace) && !mended.contains(object.namespace)
        }
    }

    /// The snapshot as it may serve.
    package func applied(to snapshot: ClusterSnapshot) -> ClusterSnapshot {
        snapshot.replacing(entries.mapValues(\.lastGood))
    }

    /// Notes what was refused of a snapshot, with the form that serves in its place.
    package mutating func add(
        _ exclusions: Exclusions,
        of snapshot: ClusterSnapshot,
        lastGood: ClusterSnapshot?,
        because findings: [Diagnostic],
        _ settings: TranslationSettings
    ) {
        guard !exclusions.isEmpty else { return }
        let forms = snapshot.forms(of: exclusions.objects)
        let reported = Dictionary(findings.map { ($0.object, $0) }, uniquingKeysWith: { _, last in last })
        let surroundings = Surroundings(snapshot, settings)
        for (object, refused) in forms {
            let finding = reported[object] ?? findings.first { $0.severity == .error }
            let ingress: Ingress? = if case .ingress(let ingress) = refused { ingress } else { nil }
            entries[object] = Entry(
                refused: refused,
                surroundings: ingress.map(surroundings.digest),
                isCompanion: exclusions.companions.contains(object),
                lastGood: exclusions.reverted.contains(object) ? lastGood?.form(of: object) : nil,
                finding: finding ?? Diagnostic(.error, code: "nginx-refused", "nginx refuses it", object: object),
                since: settings.now
            )
        }
    }

    /// The same, with findings where their objects stand in a snapshot.
    package func placed(in snapshot: ClusterSnapshot) -> SettingAside {
        SettingAside(
            entries.mapValues { entry in
                var entry = entry
                entry.finding = snapshot.placed(entry.finding)
                return entry
            }
        )
    }

    /// Why each object is set aside, in the order of their names.
    package var findings: [Diagnostic] { entries.sorted { $0.key < $1.key }.map(\.value.finding) }
}

extension ClusterSnapshot {
    /// The snapshot with objects set aside.
    package func excluding(_ exclusions: Exclusions, lastGood: ClusterSnapshot? = nil) -> ClusterSnapshot {
        var forms: [ObjectReference: ObjectForm?] = [:]
        for object in exclusions.leftOut { forms.updateValue(nil, forKey: object) }
        for object in exclusions.reverted { forms.updateValue(lastGood?.form(of: object), forKey: object) }
        return replacing(forms)
    }
}
