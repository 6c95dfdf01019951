package import Diagnostics

/// The objects that do not go live as they are, so that the rest can.
package struct Exclusions: Sendable, Hashable {
    /// These serve in their last good form.
    package var reverted: Set<ObjectReference>
    /// These do not serve.
    package var leftOut: Set<ObjectReference>

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
        if isRevertible, !objects.contains(object) { return reverted.insert(object).inserted }
        reverted.remove(object)
        return leftOut.insert(object).inserted
    }
}
