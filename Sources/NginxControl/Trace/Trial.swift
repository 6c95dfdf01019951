import Controller
import Diagnostics
import IngressTranslation

/// A candidate on its way to what nginx takes of it.
struct Trial {
    let candidate: Candidate
    var proof: Proof
    private var search: CulpritSearch
    private let start: ContinuousClock.Instant

    init(
        of candidate: Candidate,
        after earlier: Proof = Proof(),
        _ search: CulpritSearch,
        since start: ContinuousClock.Instant = .now
    ) {
        self.candidate = candidate
        self.search = search
        self.start = start
        proof = earlier
        proof.translation = nil
        proof.isOfPart = false
    }

    /// The part of the candidate that is left.
    var translation: Translation { candidate.translation(proof.exclusions) }

    /// How closely culprits are looked for now.
    var reach: CulpritSearch.Reach { search.reach(after: ContinuousClock.now - start) }

    /// Those among whom a culprit is looked for, in groups that are set aside together: first what has changed, then all.
    var suspects: [[[ObjectReference]]] {
        switch reach {
        case .object: candidate.suspects.map { $0.map { [$0] } }
        case .namespace: [candidate.changesByNamespace]
        case .everything: []
        }
    }

    mutating func note(attempt duration: Duration) { search.note(attempt: duration) }
}
