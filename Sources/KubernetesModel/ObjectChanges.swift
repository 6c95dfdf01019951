import Incremental

/// What differs between the objects of one kind in two snapshots.
///
/// An object that has changed has gone in its old form, and come in its new one.
package struct ObjectChanges<Object: KubernetesObject>: Sendable {
    package private(set) var gone: [Object] = []
    package private(set) var come: [Object] = []

    /// Compares two lists, whose order does not matter; most of it costs least where what is the same stands in the
    /// same order.
    package init(from old: [Object], to new: [Object]) {
        let stretch = DifferingStretch(from: old, to: new) { $0.isSame(as: $1) }
        guard !stretch.isEmpty else { return }
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
    }

    package var isEmpty: Bool { gone.isEmpty && come.isEmpty }
}
