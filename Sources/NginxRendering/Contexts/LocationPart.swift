import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration
import Searching
import Template

/// A `location` block before it is lowered, and what its server says of all of them.
///
/// Small, so that it is known at a glance which of very many have changed.
struct LocationPart: Sendable, Hashable {
    private var boxed: ByReference<LoweredLocation>
    var surroundings: ByReference<LocationSurroundings>

    init(block: LoweredLocation, surroundings: ByReference<LocationSurroundings>) {
        boxed = ByReference(block)
        self.surroundings = surroundings
    }

    var block: LoweredLocation {
        _read { yield boxed.value }
        set { boxed.value = newValue }
    }
}

/// What holds for all locations of a server.
struct LocationSurroundings: Sendable, Hashable {
    /// Whether each of them says which Ingress it comes from.
    var namesOrigin: Bool
    /// Whether the server itself sends requests to HTTPS.
    var isRedirectedWhole: Bool
    var inherited: InheritedHeaders
    var shared: ByReference<SharedByServers>
    var clients: LoweredClients?
    /// Whether a client's address is taken from a connection's line where no header names one.
    var namesClientsByLine: Bool
}

/// What is kept of a server with very many locations, so that little is done anew when a few of them change.
struct ManyLocations: Sendable {
    /// The number of locations from which on it is worth it.
    static let fewest = 64

    let memory: ListMemory
    let parts: [LocationPart]
}

/// The locations of a server that have changed, come or gone, where all others stand in the same order.
struct ChangedLocations {
    /// Those that have changed, but for their paths.
    private(set) var old: [Location] = []
    private(set) var new: [Location] = []
    private(set) var gone: [Location] = []
    private(set) var come: [Location] = []
    /// One that has not changed; `nil` where none is known.
    private let constant: Location?

    /// How many may come and go.
    private static let most = 256

    /// Returns `nil` where it is more than a few.
    init?(from old: VirtualServer, to new: VirtualServer) {
        let (before, after) = (old.locations, new.locations)
        let stretch = DifferingStretch(from: before, to: after, by: ==)
        constant =
            stretch.new.lowerBound > 0 ? after.first : stretch.new.upperBound < after.count ? after.last : nil
        let (oldIDs, newIDs) = (Set(before[stretch.old].map(\.id)), Set(after[stretch.new].map(\.id)))
        let leaving = before[stretch.old].filter { !newIDs.contains($0.id) }
        let coming = after[stretch.new].filter { !oldIDs.contains($0.id) }
        var known = Dictionary(leaving.map { ($0.path, $0) }) { first, _ in first }
        guard known.count == leaving.count else { return nil }
        for location in coming {
            guard let earlier = known.removeValue(forKey: location.path) else {
                come.append(location)
                continue
            }
            self.old.append(earlier)
            self.new.append(location)
        }
        gone = leaving.filter { known[$0.path] != nil }
        guard gone.count + come.count <= Self.most else { return nil }
        let (goneIDs, comeIDs) = (Set(gone.map(\.id)), Set(come.map(\.id)))
        let places = before[stretch.old].lazy.filter { !goneIDs.contains($0.id) }
        let newPlaces = after[stretch.new].lazy.filter { !comeIDs.contains($0.id) }
        guard places.elementsEqual(newPlaces, by: { $0.id == $1.id || $0.path == $1.path }) else { return nil }
    }

    /// Whether all that servers need is the same as before.
    func needTheSame(under policy: ServerPolicy) -> Bool {
        guard SharedNeeds(of: old, policy) == SharedNeeds(of: new, policy) else { return false }
        guard !gone.isEmpty || !come.isEmpty else { return true }
        // Those that come and go need no more than one that stays, and nothing that is counted.
        guard let constant else { return false }
        let need = SharedNeeds(of: [constant], policy)
        return need.declarations == SharedNeeds(of: [], policy).declarations
            && (gone + come).allSatisfy { SharedNeeds(of: [$0], policy) == need }
    }

    /// The blocks of the server with what has changed; `nil` where that has a say in those of others.
    func applied(to parts: [LocationPart], in surroundings: ByReference<LocationSurroundings>) -> [LocationPart]? {
        let changed = Dictionary(zip(old.map(\.id), new)) { first, _ in first }
        let areSame = parts.first?.surroundings.isCopy(of: surroundings) ?? true
        var parts = parts
        for index in parts.indices {
            if let location = changed[parts[index].block.location.id] {
                parts[index].block.location = location
            }
            if !areSame { parts[index].surroundings = surroundings }
        }
        guard !gone.isEmpty || !come.isEmpty else { return parts }
        guard parts.count > VirtualServer.manyBlocks, let first = parts.first?.block.match, !first.isExpression,
            !parts.contains(where: { $0.block.location.isExact }), !come.contains(where: \.isExact)
        else { return nil }
        for location in gone {
            for block in location.ownBlocks ?? [] {
                guard let index = parts.index(of: block), parts[index].block == block else { return nil }
                parts.remove(at: index)
            }
        }
        for location in come {
            guard let blocks = location.ownBlocks else { return nil }
            for block in blocks {
                guard parts.index(of: block) == nil else { return nil }
                let part = LocationPart(block: block, surroundings: surroundings)
                parts.insert(part, at: parts.place(of: block.match.sortingKey))
            }
        }
        return parts.count > VirtualServer.manyBlocks ? parts : nil
    }
}

extension [LocationPart] {
    /// The index of the block that stands where another one would in the order of nginx; `nil` for none.
    fileprivate func index(of block: LoweredLocation) -> Int? {
        let key = block.match.sortingKey
        let place = place(of: key)
        return place < count && self[place].block.match.sortingKey == key ? place : nil
    }

    /// The place that a block has in the order of nginx, or would have.
    fileprivate func place(of key: [UInt8]) -> Int {
        partitionPoint { $0.block.match.sortingKey.lexicographicallyPrecedes(key) }
    }
}

extension Location {
    fileprivate var isExact: Bool { if case .exact = path { true } else { false } }
}

extension LocationMatch {
    fileprivate var isExpression: Bool { if case .expression = self { true } else { false } }
}
