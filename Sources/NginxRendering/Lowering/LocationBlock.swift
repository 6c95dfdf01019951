import NginxSyntax
import ProxyConfiguration

/// One `location` block of nginx.
struct LocationBlock: Sendable, Hashable {
    var match: LocationMatch
    var location: Location
}

extension VirtualServer {
    /// The `location` blocks that make nginx choose as the server's locations say.
    ///
    /// See [location](https://nginx.org/en/docs/http/ngx_http_core_module.html#location): nginx takes an `=`
    /// block first, then the first expression that matches, then the longest prefix.
    var locationBlocks: [LocationBlock] {
        needsOrder ? orderedBlocks : unorderedBlocks
    }

    /// Whether only expressions, which nginx tries in the order of the file, can say what the locations do.
    ///
    /// Before version 1.23.4 nginx keeps the length of a location's name in one byte and serves the wrong one for
    /// a longer name; expressions have no such bound.
    private var needsOrder: Bool {
        locations.contains { location in
            switch location.path {
            case .expression: true
            case .exact(let path), .prefix(let path): path.value.utf8.count > 250
            }
        }
    }

    private var orderedBlocks: [LocationBlock] {
        locations.compactMap { location in
            location.path.orderedMatch.map { LocationBlock(match: $0, location: location) }
        }
    }

    private var unorderedBlocks: [LocationBlock] {
        var exact: Set<LocationPath> = []
        for case .exact(let path) in locations.map(\.path) { exact.insert(path) }
        var blocks: [LocationBlock] = []
        for location in locations {
            switch location.path {
            case .exact(let path):
                blocks.append(LocationBlock(match: .exact(path), location: location))
                // nginx redirects a request that lacks only the final slash, unless a block of its own takes it.
                if let bare = path.withoutFinalSlash, exact.insert(bare).inserted,
                    let other = firstLocation(serving: bare)
                {
                    blocks.append(LocationBlock(match: .exact(bare), location: other))
                }
            case .prefix(let path):
                // Two blocks for one prefix: `location /foo` alone would also serve /foobar.
                guard let below = path.withFinalSlash else {
                    blocks.append(LocationBlock(match: .prefix(path), location: location))
                    continue
                }
                if exact.insert(path).inserted {
                    blocks.append(LocationBlock(match: .exact(path), location: location))
                }
                blocks.append(LocationBlock(match: .prefix(below), location: location))
            case .expression: break
            }
        }
        return blocks
    }

    private func firstLocation(serving path: LocationPath) -> Location? {
        locations.first { $0.path.matches(Array(path.value.utf8)) }
    }
}

extension LocationPath {
    /// `nil` for a path without one, and for `/`.
    fileprivate var withoutFinalSlash: LocationPath? {
        value.utf8.count > 1 && value.hasSuffix("/") ? LocationPath(String(value.dropLast())) : nil
    }

    /// `nil` for a path that has one.
    fileprivate var withFinalSlash: LocationPath? {
        value.hasSuffix("/") ? nil : LocationPath(value + "/")
    }
}
