import NginxSyntax
import ProxyConfiguration

/// One `location` block of nginx.
struct LoweredLocation: Sendable, Hashable {
    var match: LocationMatch
    var location: Location
}

extension VirtualServer {
    /// The `location` blocks that make nginx choose as the server's locations say.
    ///
    /// See [location](https://nginx.org/en/docs/http/ngx_http_core_module.html#location): nginx takes an `=`
    /// block first, then the first expression that matches, then the longest prefix.
    var locationBlocks: [LoweredLocation] {
        needsOrder ? orderedBlocks : unorderedBlocks
    }

    /// Whether only expressions, which nginx tries in the order of the file, can say what the locations do.
    ///
    /// Before version 1.23.4 nginx keeps the length of a location's name in one byte and serves the wrong one for
    /// a longer name; expressions have no such bound.
    private var needsOrder: Bool {
        self.locations.contains { location in
            switch location.path {
            case .expression: true
            case .exact(let path), .prefix(let path): path.value.utf8.count > 250
            }
        }
    }

    private var orderedBlocks: [LoweredLocation] {
        self.locations.compactMap { location in
            location.path.orderedMatch.map { LoweredLocation(match: $0, location: location) }
        }
    }

    private var unorderedBlocks: [LoweredLocation] {
        var exact: Set<LocationPath> = []
        var prefixes: [LocationPath: Location] = [:]
        for location in self.locations {
            switch location.path {
            case .exact(let path): exact.insert(path)
            case .prefix(let path): prefixes[path] = location
            case .expression: break
            }
        }
        var blocks: [LoweredLocation] = []
        for location in self.locations {
            switch location.path {
            case .exact(let path):
                blocks.append(LoweredLocation(match: .exact(path), location: location))
                // nginx redirects a request that lacks only the final slash, unless a block of its own takes it.
                if let bare = path.withoutFinalSlash, exact.insert(bare).inserted,
                    let other = bare.withThoseAbove.lazy.compactMap({ prefixes[$0] }).first(where: { $0.serves(bare) })
                {
                    blocks.append(LoweredLocation(match: .exact(bare), location: other))
                }
            case .prefix(let path):
                // Two blocks for one prefix: `location /foo` alone would also serve /foobar.
                guard let below = path.withFinalSlash else {
                    blocks.append(LoweredLocation(match: .prefix(path), location: location))
                    continue
                }
                if exact.insert(path).inserted {
                    blocks.append(LoweredLocation(match: .exact(path), location: location))
                }
                blocks.append(LoweredLocation(match: .prefix(below), location: location))
            case .expression: break
            }
        }
        return blocks.count > Self.manyBlocks ? blocks.inOrderOfNginx : blocks
    }

    /// The number of blocks from which on nginx takes long to sort them.
    static var manyBlocks: Int { 500 }
}

extension Location {
    /// Its blocks on a server without paths that are matched exactly, where it has no say in those of others, nor they in
    /// its own; `nil` for other paths.
    var ownBlocks: [LoweredLocation]? {
        guard case .prefix(let path) = path, path.value.utf8.count < 250 else { return nil }
        guard let below = path.withFinalSlash else { return [LoweredLocation(match: .prefix(path), location: self)] }
        return [.exact(path), .prefix(below)].map { LoweredLocation(match: $0, location: self) }
    }
}

extension [LoweredLocation] {
    /// The same in the order that nginx gives them, whose choice does not depend on that of the file.
    ///
    /// Before version 1.25.3 nginx moves each past all that belong behind it: twenty thousand blocks take it half a minute
    /// in the opposite order, and no time in this one.
    fileprivate var inOrderOfNginx: [LoweredLocation] {
        let keys = map(\.match.sortingKey)
        // Ours are the longest first, and so nearly in the opposite order.
        return indices.reversed().sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }.map { self[$0] }
    }
}

extension LocationMatch {
    /// Bytes that sort as nginx sorts names: a slash comes before all else.
    var sortingKey: [UInt8] {
        switch self {
        case .exact(let path), .prefix(let path), .finalPrefix(let path):
            path.value.utf8.map { $0 == UInt8(ascii: "/") ? 0 : $0 }
        case .expression, .named, .internal: []
        }
    }
}

extension Location {
    /// Compares bytes, which texts that are equal for Unicode need not share.
    fileprivate func serves(_ path: LocationPath) -> Bool { self.path.matches(Array(path.value.utf8)) }
}

extension LocationPath {
    /// The path and each one that is a prefix of it by whole segments, the longest first; `/` comes last.
    fileprivate var withThoseAbove: [LocationPath] {
        var paths = [self]
        var rest = value.utf8[...]
        while let slash = rest.lastIndex(of: UInt8(ascii: "/")), slash > rest.startIndex {
            rest = rest[..<slash]
            if let path = LocationPath(String(Substring(rest))) { paths.append(path) }
        }
        return paths + [.root]
    }

    /// `nil` for a path without one, and for `/`.
    fileprivate var withoutFinalSlash: LocationPath? {
        value.utf8.count > 1 && value.hasSuffix("/") ? LocationPath(String(value.dropLast())) : nil
    }

    /// `nil` for a path that has one.
    fileprivate var withFinalSlash: LocationPath? {
        value.hasSuffix("/") ? nil : LocationPath(value + "/")
    }
}
