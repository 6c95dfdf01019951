import Diagnostics
import KubernetesModel

/// The objects of a kind.
///
/// They stand in an array that changes only where they do, so that whoever has it from before finds out cheaply what
/// is new. One that can no longer be read keeps its last good form, as a file of manifests does.
struct ObjectTable<Object: Sendable & Hashable>: Sendable {
    /// Facts about an object that it does not hold itself.
    struct Entry: Sendable {
        var identity: ObjectIdentity
        /// Of an Ingress that can be read.
        var generation: Int64?
        /// Grows with each change; `nil` where the server does not count so.
        var resourceVersion: UInt64?
        var addresses: [LoadBalancerAddress]
        var diagnostics: [Diagnostic]
        /// Where the object is in ``objects``; `nil` for one that was never readable.
        fileprivate(set) var index: Int?

        /// Whether it is an earlier state than another.
        fileprivate func isOlder(than other: Entry) -> Bool {
            guard let resourceVersion, let version = other.resourceVersion else { return false }
            return resourceVersion < version
        }
    }

    private(set) var objects: [Object] = []
    /// The facts about each of ``objects``, in their order.
    private(set) var records: [ObjectRecord] = []
    private(set) var entries: [NamespacedName: Entry] = [:]
    /// The objects with which something is wrong.
    private var faulty: Set<NamespacedName> = []

    var diagnostics: [Diagnostic] {
        faulty.sorted().flatMap { entries[$0]?.diagnostics ?? [] }
    }

    /// Takes an object as it is told; returns whether that changes what is served or found.
    ///
    /// - Parameters:
    ///   - object: `nil` for one that cannot be read.
    ///   - isListed: A list is what there is, even on a server that was set back; an event may be late.
    mutating func set(_ name: NamespacedName, _ object: Object?, _ entry: Entry, isListed: Bool) -> Bool {
        var entry = entry
        let old = entries[name]
        if let old, !isListed, entry.isOlder(than: old) { return false }
        entry.index = old?.index
        var record = ObjectRecord(
            name: name,
            identity: entry.identity,
            generation: entry.generation,
            addresses: entry.addresses
        )
        var isChange = false
        if let object {
            isChange = put(object, record, &entry.index)
        } else if entry.index != nil, let reference = entry.diagnostics.first?.object {
            entry.diagnostics.append(.objectKept(reference))
        }
        if entry.diagnostics.isEmpty { faulty.remove(name) } else { faulty.insert(name) }
        if let index = entry.index {
            // The form that is kept is of the generation that it was.
            if object == nil { record.generation = records[index].generation }
            records[index] = record
        }
        entries[name] = entry
        return isChange || entry.diagnostics != old?.diagnostics ?? []
    }

    /// Takes the end of an object; returns whether that changes what is served or found.
    mutating func remove(_ name: NamespacedName, _ entry: Entry? = nil) -> Bool {
        guard let known = entries[name] else { return false }
        // What comes late about an object says nothing of a newer one of its name.
        if let entry, entry.isOlder(than: known) { return false }
        entries[name] = nil
        let wasFaulty = faulty.remove(name) != nil
        guard let index = known.index else { return wasFaulty }
        // The last one takes its place: all others stay where they are.
        objects.swapAt(index, objects.count - 1)
        objects.removeLast()
        records.swapAt(index, records.count - 1)
        records.removeLast()
        if index < records.count { entries[records[index].name]?.index = index }
        return true
    }

    /// Removes all that is not named; returns whether that changes what is served or found.
    mutating func keepOnly(_ names: Set<NamespacedName>) -> Bool {
        let gone = entries.keys.filter { !names.contains($0) }
        return gone.map { remove($0) }.contains(true)
    }

    private mutating func put(_ object: Object, _ record: ObjectRecord, _ index: inout Int?) -> Bool {
        guard let place = index else {
            index = objects.count
            objects.append(object)
            records.append(record)
            return true
        }
        guard objects[place] != object else { return false }
        objects[place] = object
        return true
    }
}

extension Diagnostic {
    fileprivate static func objectKept(_ object: ObjectReference) -> Diagnostic {
        Diagnostic(
            .warning,
            code: "object-kept",
            "the object as it is now is of no use; it keeps serving in its last good form",
            object: object,
            hint: "correct the object, or delete it to stop serving it"
        )
    }
}
