import Diagnostics
import Incremental
import ProxyConfiguration
import Template

/// A `location` block before it is lowered, and what its server says of all of them.
///
/// Small, so that it is known at a glance which of very many have changed.
struct LocationPart: Sendable, Hashable {
    var block: LoweredLocation
    var surroundings: ByReference<LocationSurroundings>
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

/// The locations of a server that have changed, where their paths have not.
struct ChangedLocations {
    private(set) var old: [Location] = []
    private(set) var new: [Location] = []

    /// Returns `nil` where other paths are served.
    init?(from old: VirtualServer, to new: VirtualServer) {
        let (before, after) = (old.locations, new.locations)
        let stretch = DifferingStretch(from: before, to: after, by: ==)
        guard stretch.old.count == stretch.new.count else { return nil }
        for (index, other) in zip(stretch.old, stretch.new) where before[index] != after[other] {
            guard before[index].path == after[other].path else { return nil }
            self.old.append(before[index])
            self.new.append(after[other])
        }
    }

    /// The same blocks with what has changed.
    func applied(to parts: [LocationPart], in surroundings: ByReference<LocationSurroundings>) -> [LocationPart] {
        let changed = Dictionary(zip(old.map(\.id), new)) { first, _ in first }
        var parts = parts
        let areSame = parts.first?.surroundings.isCopy(of: surroundings) ?? true
        for index in parts.indices {
            if let location = changed[parts[index].block.location.id] { parts[index].block.location = location }
            if !areSame { parts[index].surroundings = surroundings }
        }
        return parts
    }
}
