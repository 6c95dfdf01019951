package import Diagnostics
package import KubernetesModel

/// What does not go live as the input has it, and what serves in its place.
package struct SettingAside: Sendable, Hashable {
    /// An object that the proxy refused.
    package struct Entry: Sendable, Hashable {
        /// The form that was refused; another one is tried anew.
        package var refused: ObjectForm
        /// What serves in its place; `nil` where nothing does.
        package var lastGood: ObjectForm?
        package var finding: Diagnostic
        /// Seconds since 1970.
        package var since: Int64

        package init(refused: ObjectForm, lastGood: ObjectForm?, finding: Diagnostic, since: Int64) {
            self.refused = refused
            self.lastGood = lastGood
            self.finding = finding
            self.since = since
        }
    }

    package private(set) var entries: [ObjectReference: Entry]

    package init(_ entries: [ObjectReference: Entry] = [:]) {
        self.entries = entries
    }

    /// Forgets what has gone or changed since it was refused.
    package mutating func review(_ snapshot: ClusterSnapshot) {
        guard !entries.isEmpty else { return }
        entries = entries.filter { object, entry in snapshot.form(of: object) == entry.refused }
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
        now: Int64
    ) {
        for object in exclusions.objects {
            guard let refused = snapshot.form(of: object) else { continue }
            let finding = findings.last { $0.object == object } ?? findings.first { $0.severity == .error }
            entries[object] = Entry(
                refused: refused,
                lastGood: exclusions.reverted.contains(object) ? lastGood?.form(of: object) : nil,
                finding: finding ?? Diagnostic(.error, code: "nginx-refused", "nginx refuses it", object: object),
                since: now
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
