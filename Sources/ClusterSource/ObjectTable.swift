import Diagnostics
import KubernetesClient
import KubernetesModel
import Manifests

/// The objects of one kind.
///
/// One that is of no use any more keeps its last good form, as a file of manifests does.
struct ObjectTable: Sendable {
    private var objects: [NamespacedName: ClusterObject] = [:]
    /// Whether all objects were told once.
    private(set) var isListed = false
    /// Why they cannot be read now.
    var failure: APIError?
    /// The objects in the order of their names; `nil` where that is to be found out.
    private var sorted: [ClusterObject]?

    /// What a change comes to.
    struct Effect: OptionSet {
        let rawValue: Int

        /// The configuration or the findings may be others.
        static let meaning = Effect(rawValue: 1)
        /// An Ingress has another status, or is another object of the same name.
        static let standing = Effect(rawValue: 2)
    }

    subscript(name: NamespacedName) -> ClusterObject? { objects[name] }

    var names: Dictionary<NamespacedName, ClusterObject>.Keys { objects.keys }

    /// The objects in the order of their names.
    mutating func ordered() -> [ClusterObject] {
        if let sorted { return sorted }
        let ordered = objects.values.sorted { $0.name < $1.name }
        sorted = ordered
        return ordered
    }

    /// Takes all that there is.
    mutating func replace(with list: [ClusterObject]) -> Effect {
        var effect: Effect = isListed ? [] : .meaning
        isListed = true
        let present = Set(list.map(\.name))
        for name in objects.keys where !present.contains(name) {
            objects[name] = nil
            sorted = nil
            effect.insert(.meaning)
        }
        for object in list { effect.formUnion(put(object, fromList: true)) }
        return effect
    }

    mutating func take(_ change: ReflectorNews<ClusterObject>.Change) -> Effect {
        switch change {
        case .changed(let object): return put(object, fromList: false)
        case .removed(let object):
            // What comes late about an object says nothing of a newer one of its name.
            guard let known = objects[object.name], !object.isOlder(than: known) else { return [] }
            objects[object.name] = nil
            sorted = nil
            return .meaning
        }
    }

    private mutating func put(_ new: ClusterObject, fromList: Bool) -> Effect {
        guard let known = objects[new.name] else {
            objects[new.name] = new
            sorted = nil
            return .meaning
        }
        // A list is what there is, even on a server that was set back.
        guard fromList || !new.isOlder(than: known) else { return [] }
        var new = new
        if new.object == nil, let good = known.object { new.keep(good) }
        var effect: Effect = new.means(known) ? [] : .meaning
        if new.identity != known.identity || new.addresses != known.addresses { effect.insert(.standing) }
        // What means the same keeps its storage.
        if !effect.contains(.meaning) { new.object = known.object }
        objects[new.name] = new
        sorted = nil
        return effect
    }
}

extension ClusterObject {
    fileprivate mutating func keep(_ good: ManifestObject) {
        object = good
        diagnostics.append(.objectKept(good))
    }
}

extension Diagnostic {
    fileprivate static func objectKept(_ object: ManifestObject) -> Diagnostic {
        Diagnostic(
            .warning,
            code: "object-kept",
            "the object as it is now is of no use; it keeps serving in its last good form",
            object: object.reference,
            hint: "correct the object, or delete it to stop serving it"
        )
    }
}
