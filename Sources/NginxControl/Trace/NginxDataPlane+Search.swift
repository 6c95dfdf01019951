import Controller
import Diagnostics
import NginxRendering
import Searching

extension NginxDataPlane {
    /// Finds by halving the first of what has changed that the nginx that serves refuses, though that which proves
    /// takes it, where nothing else tells.
    ///
    /// Generations that nginx takes on the way serve meanwhile. Returns `nil` where it refuses even what is left
    /// without any of them, such as a port that another has.
    func search(
        _ candidate: Candidate,
        without exclusions: Exclusions,
        _ watch: inout StepWatch
    ) async throws(SwapFailure) -> Culprit? {
        let suspects = (candidate.suspects.first ?? []).filter { !exclusions.leftOut.contains($0) }
        guard !suspects.isEmpty, try await takes(0, of: suspects, in: candidate, without: exclusions, &watch) else {
            return nil
        }
        var search = HalvingSearch(count: suspects.count)
        while let count = search.next {
            search.note(isBad: try await !takes(count, of: suspects, in: candidate, without: exclusions, &watch))
        }
        return Culprit(suspects[search.culprit])
    }

    /// Takes the first suspects live, the others being set aside; returns `false` where nginx refuses that.
    private func takes(
        _ count: Int,
        of suspects: [ObjectReference],
        in candidate: Candidate,
        without exclusions: Exclusions,
        _ watch: inout StepWatch
    ) async throws(SwapFailure) -> Bool {
        var proof = Proof()
        proof.exclusions = exclusions
        for suspect in suspects[count...] {
            proof.exclusions.setAside(suspect, isRevertible: candidate.isRevertible(suspect))
        }
        proof = try await prove(candidate, after: proof, &watch)
        guard let all = proof.translation else { return false }
        let proven = retiring.applied(to: unbound.applied(to: all))
        let written = writtenEndpoints(of: proven)
        let generation = await render(proven, written)
        do throws(SwapFailure) {
            _ = try await bringIn(generation, of: proven, written, &watch)
            return true
        } catch {
            guard error.refusal != nil else { throw error }
            return false
        }
    }
}
