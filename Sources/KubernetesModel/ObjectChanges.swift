package import Incremental

/// The differences between the objects of one kind in two snapshots.
///
/// An object that has changed has gone in its old form, and come in its new one.
package struct ObjectChanges<Object: KubernetesObject>: Sendable {
    package let gone: [Object]
    package let come: [Object]

    /// Compares two lists, whose order does not matter; most of it costs least where what is the same stands in the
    /// same order.
    package init(from old: [Object], to new: [Object]) {
        self.init(from: old, to: new, in: DifferingStretch(from: old, to: new) { $0.isSame(as: $1) })
    }

    /// Compares what two lists have where they differ.
    package init(from old: [Object], to new: [Object], in stretch: DifferingStretch) {
        var come: [Object] = []
        var known: [NamespacedName: [Object]] = [:]
        known.reserveCapacity(stretch.old.count)
        for object in old[stretch.old] { known[object.namespacedName, default: []].append(object) }
        for object in new[stretch.new] {
            let name = object.namespacedName
            if let index = known[name]?.firstIndex(where: { object.isSame(as: $0) }) {
                known[name]?.remove(at: index)
            } else {
                come.append(object)
            }
        }
        gone = known.values.flatMap(\.self)
        self.come = come
    }

    package var isEmpty: Bool { gone.isEmpty && come.isEmpty }
}
