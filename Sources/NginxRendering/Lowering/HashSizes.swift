import NginxSyntax

/// The sizes of one of nginx's hash tables, where its defaults are too small.
///
/// See [Setting up hashes](https://nginx.org/en/docs/hash.html).
struct HashSizes: Sendable, Hashable {
    /// `nil` leaves nginx's default.
    var maxSize: Number?
    /// `nil` leaves the default, which is the size of a cache line: 64 on most machines.
    var bucketSize: Number?

    /// - Parameters:
    ///   - lengths: Those of the keys, in bytes.
    ///   - builtIn: How many keys nginx adds to them.
    ///   - few: How many keys the defaults have room for, whatever they are.
    ///   - usualSize: The default of the greatest size.
    private init(of lengths: some Sequence<Int>, builtIn: Int = 0, few: Int = 100, usualSize: Int) {
        var count = 0
        var longest = 0
        for length in lengths {
            count += 1
            longest = max(longest, length)
        }
        // An entry holds a pointer and the key with its length, in whole words; a bucket ends with a pointer.
        let entry = 8 + (longest + 2 + 7) / 8 * 8
        // Enough room that keys which share a bucket fit: a quarter full, eight in one bucket.
        let isLarge = count > few
        let bucket = Self.powerOfTwo(atLeast: isLarge ? 8 * entry + 8 : entry + 8)
        maxSize = isLarge ? Number(max(usualSize, Self.powerOfTwo(atLeast: 4 * (count + builtIn)))) : nil
        bucketSize = bucket > 64 ? Number(bucket) : nil
    }

    private static func powerOfTwo(atLeast least: Int) -> Int {
        var size = 1
        while size < least { size *= 2 }
        return size
    }
}

extension HashSizes {
    /// The table of server names.
    init(ofServerNames lengths: some Sequence<Int>) {
        self.init(of: lengths, usualSize: 512)
    }

    /// The table of a map of hosts.
    init(ofHosts lengths: some Sequence<Int>) {
        self.init(of: lengths, usualSize: 2_048)
    }

    /// The table of variables, which nginx's own nearly fill.
    ///
    /// - Parameter others: How many variables templates declare, with short names.
    init(ofVariables declarations: [SharedDeclaration], besides others: Int) {
        self.init(
            of: declarations.lazy.filter(\.isVariable).map { $0.variable.value.utf8.count },
            builtIn: 256 + others,
            few: others > 4 ? -1 : 4,
            usualSize: 1_024
        )
    }

    /// The tables of maps, of which each has one of its own with these sizes.
    init(ofMaps declarations: [SharedDeclaration]) {
        for map in declarations.lazy.compactMap(\.map) {
            let sizes = HashSizes(of: map.entries.lazy.compactMap(\.key.hashedLength), usualSize: 2_048)
            maxSize = [maxSize, sizes.maxSize].compactMap(\.self).max()
            bucketSize = [bucketSize, sizes.bucketSize].compactMap(\.self).max()
        }
    }
}

extension MapKey {
    /// The length in the table of a map, in bytes; `nil` for a key that is not in it.
    fileprivate var hashedLength: Int? {
        if case .literal(let text) = self { text.value.utf8.count } else { nil }
    }
}
