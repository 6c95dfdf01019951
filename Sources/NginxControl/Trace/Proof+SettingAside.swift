import Controller
import Diagnostics

extension Proof {
    /// Returns whether that leaves anything else than before.
    ///
    /// - Parameter limit: How many culprits of one namespace are set aside alone; with one more, all that has changed
    ///   there is.
    mutating func setAside(
        _ culprit: Culprit,
        because refusal: NginxRefusal,
        of candidate: Candidate,
        limit: Int
    ) -> Bool {
        var changed = false
        for object in culprit.leftOut where exclusions.setAside(object, isRevertible: candidate.isRevertible(object)) {
            changed = true
        }
        guard changed else { return false }
        findings.removeAll { $0.object == culprit.object }
        findings.append(culprit.finding(refusal, exclusions))
        count(culprit.object, of: candidate, limit)
        return true
    }

    /// Returns whether that leaves anything else than before.
    mutating func setAside(
        _ culprit: ObjectReference,
        because misrouting: Misrouting,
        of candidate: Candidate,
        limit: Int
    ) -> Bool {
        guard culprit.mayBeSetAside, exclusions.setAside(culprit, isRevertible: candidate.isRevertible(culprit)) else {
            return false
        }
        findings.removeAll { $0.object == culprit }
        findings.append(misrouting.finding(of: culprit, consequence: consequence(for: culprit)))
        count(culprit, of: candidate, limit)
        return true
    }

    /// Sets aside whatever has changed, where it is known what served before; returns whether there was anything.
    mutating func setAsideChanges(of candidate: Candidate, because words: String) -> Bool {
        guard candidate.hasLastGood else { return false }
        let changed = Array(candidate.changesByNamespace.joined())
        return setAside(companions: changed, of: candidate, because: words)
    }

    /// Sets aside what has no fault that is known; returns whether there was anything that was not.
    mutating func setAside(companions: [ObjectReference], of candidate: Candidate, because words: String) -> Bool {
        let new = exclusions.setAside(companions: companions, of: candidate)
        findings += new.map { .heldBack($0, consequence(for: $0), because: words) }
        return !new.isEmpty
    }

    /// A tenant with many culprits is not to keep others waiting while they are looked for.
    private mutating func count(_ culprit: ObjectReference, of candidate: Candidate, _ limit: Int) {
        culprits[culprit.namespace, default: 0] += 1
        guard culprits[culprit.namespace, default: 0] > limit else { return }
        let neighbours = candidate.changesByNamespace.first { $0.first?.namespace == culprit.namespace } ?? []
        _ = setAside(
            companions: neighbours,
            of: candidate,
            because: "as many in its namespace are refused as are looked for one by one"
        )
    }

    private func consequence(for object: ObjectReference) -> String {
        if exclusions.reverted.contains(object) { return "its last good form serves" }
        return object.isIngress ? "it is left out" : "the default certificate serves"
    }
}

extension Diagnostic {
    fileprivate static func heldBack(
        _ object: ObjectReference,
        _ consequence: String,
        because words: String
    ) -> Diagnostic {
        Diagnostic(
            .error,
            code: "held-back",
            "what has changed in namespace '\(object.namespace)' is set aside together (\(consequence)): \(words)",
            object: object,
            hint: "it goes live when what is refused in the namespace is mended"
        )
    }
}
