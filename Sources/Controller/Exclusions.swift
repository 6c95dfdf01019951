package import Diagnostics

/// The objects that do not go live as they are, so that the rest can.
package struct Exclusions: Sendable, Hashable {
    /// These serve in their last good form.
    package var reverted: Set<ObjectReference>
    /// These do not serve.
    package var leftOut: Set<ObjectReference>
    /// Those of both that are set aside for others' sake, with no fault known of them.
    package private(set) var companions: Set<ObjectReference> = []

    package init(reverted: Set<ObjectReference> = [], leftOut: Set<ObjectReference> = []) {
        self.reverted = reverted
        self.leftOut = leftOut
    }

    package var isEmpty: Bool { reverted.isEmpty && leftOut.isEmpty }

    package var objects: Set<ObjectReference> { reverted.union(leftOut) }

    /// Sets an object aside: first in its last good form, if it has one, and where that is no better, whole.
    ///
    /// Returns whether that changes anything.
    @discardableResult
    package mutating func setAside(_ object: ObjectReference, isRevertible: Bool) -> Bool {
        companions.remove(object)
        if isRevertible, !leftOut.contains(object), !reverted.contains(object) {
            return reverted.insert(object).inserted
        }
        reverted.remove(object)
        return leftOut.insert(object).inserted
    }

    /// Sets an object aside whole, whatever form it has.
    package mutating func leaveOut(_ object: ObjectReference) {
        reverted.remove(object)
        leftOut.insert(object)
    }

    /// Sets aside what is not yet, for the sake of others; returns those that now are.
    package mutating func setAside(companions objects: [ObjectReference], of candidate: Candidate) -> [ObjectReference]
    {
        let new = objects.filter { !reverted.contains($0) && !leftOut.contains($0) }
        for object in new { setAside(object, isRevertible: candidate.isRevertible(object)) }
        companions.formUnion(new)
        return new
    }
}
