import NginxSyntax

/// The sizes of one of nginx's hash tables, where its defaults are too small.
///
/// See [Setting up hashes](https://nginx.org/en/docs/hash.html).
struct HashSizes: Sendable, Hashable {
    /// `nil` leaves nginx's default.
    var maxSize: Number?
    /// `nil` leaves the default, which is the size of a cache line: 64 on most machines.
    var bucketSize: Number?

    /// - Parameter keys: How many of them share a bucket.
    private init(maxSize: Int? = nil, keys: Int, of entry: Int) {
        // A bucket ends with a pointer.
        let bucket = Self.powerOfTwo(atLeast: keys * entry + 8)
        self.maxSize = maxSize.map { Number($0) }
        bucketSize = bucket > 64 ? Number(bucket) : nil
    }

    /// - Parameter lengths: Those of the keys, in bytes.
    private init(of lengths: some Sequence<Int>) {
        let (count, entry) = Self.size(of: lengths)
        self =
            switch count {
            // The default has room for one key in a bucket. nginx finds a size by which no two share one while keys are few.
            case ...48: HashSizes(keys: 1, of: entry)
            case ...100: HashSizes(maxSize: 2_048, keys: 2, of: entry)
            // nginx takes the least size by which buckets suffice, which fills them and makes each request compare its host
            // with many. With more than 10,000, and less than a hundred times the keys, it begins with nearly the greatest.
            default: HashSizes(maxSize: max(10_001, Self.powerOfTwo(atLeast: 4 * count)), keys: 8, of: entry)
            }
    }

    /// How many keys there are, and what the longest takes in a bucket.
    private static func size(of lengths: some Sequence<Int>) -> (count: Int, entry: Int) {
        var count = 0
        var longest = 0
        for length in lengths {
            count += 1
            longest = max(longest, length)
        }
        // A pointer and the key with its length, in whole words.
        return (count, 8 + (longest + 2 + 7) / 8 * 8)
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
        self.init(of: lengths)
    }

    /// The table of a map of hosts.
    init(ofHosts lengths: some Sequence<Int>) {
        self.init(of: lengths)
    }

    /// The table of variables, which nginx's own nearly fill.
    ///
    /// - Parameter others: How many variables templates declare, with short names.
    init(ofVariables declarations: [SharedDeclaration], besides others: Int) {
        let lengths = declarations.lazy.filter(\.isVariable).map { $0.variable.value.utf8.count }
        let (count, entry) = Self.size(of: lengths)
        guard count > (others > 4 ? -1 : 4) else {
            self.init(keys: 1, of: entry)
            return
        }
        self.init(
            maxSize: max(1_024, Self.powerOfTwo(atLeast: 4 * (count + 256 + others))),
            keys: 8,
            of: entry
        )
    }

    /// The tables of maps, of which each has one of its own with these sizes.
    init(ofMaps declarations: [SharedDeclaration]) {
        for map in declarations.lazy.compactMap(\.map) {
            let sizes = HashSizes(of: map.entries.lazy.compactMap(\.key.hashedLength))
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
