/// How often something has happened, by what it is told apart by.
struct Counter<Key: Hashable & Sendable>: Sendable {
    private var counts: [Key: Int]

    /// Counters that are there from the start, at zero: what has not happened yet can be told from what is not counted.
    init(_ keys: [Key] = []) {
        counts = Dictionary(keys.map { ($0, 0) }, uniquingKeysWith: +)
    }

    mutating func increment(_ key: Key) {
        counts[key, default: 0] += 1
    }

    func sorted(by text: (Key) -> String) -> [(key: Key, count: Int)] {
        counts.map { (key: $0.key, count: $0.value) }.sorted { text($0.key) < text($1.key) }
    }
}
