import NginxSyntax

/// The sizes of nginx's tables of server names and of variables, where its defaults are too small.
///
/// See [Setting up hashes](https://nginx.org/en/docs/hash.html).
struct NamesHash: Sendable, Hashable {
    /// `nil` leaves the default.
    var maxSize: Number?
    /// `nil` leaves the default, which is the size of a cache line: 64 on most machines.
    var bucketSize: Number?

    /// - Parameters:
    ///   - lengths: Those of the names, in bytes.
    ///   - usual: The default of the table's size.
    init(_ lengths: some Sequence<Int>, usual: Int) {
        var count = 0
        var longest = 0
        for length in lengths {
            count += 1
            longest = max(longest, length)
        }
        // An entry holds a pointer and the name with its length, in whole words; a bucket ends with a pointer.
        let entry = 8 + (longest + 2 + 7) / 8 * 8
        // Enough room that names which share a bucket fit: a quarter full, eight in one bucket.
        let isLarge = count > 100
        let bucket = Self.powerOfTwo(atLeast: isLarge ? 8 * entry + 8 : entry + 8)
        maxSize = isLarge ? Number(max(usual, Self.powerOfTwo(atLeast: 4 * count))) : nil
        bucketSize = bucket > 64 ? Number(bucket) : nil
    }

    private static func powerOfTwo(atLeast least: Int) -> Int {
        var size = 1
        while size < least { size *= 2 }
        return size
    }
}
