/// How long something took, over all the times that it was done.
package struct Histogram: Sendable, Hashable {
    /// The upper bounds in milliseconds: from what a small configuration costs to what nginx needs for a huge one.
    private static let bounds = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000]

    /// By the bound that a time is not above and the next smaller one is; the last one has no bound.
    private var counts = [Int](repeating: 0, count: bounds.count + 1)
    private(set) var sum = Duration.zero

    package init() {}

    var count: Int { counts.reduce(0, +) }

    package mutating func observe(_ time: Duration) {
        let index = Self.bounds.firstIndex { time <= .milliseconds($0) } ?? Self.bounds.count
        counts[index] += 1
        sum += time
    }

    /// How many times were not above each bound, which is in seconds.
    var cumulative: [(bound: String, count: Int)] {
        var total = 0
        let names = Self.bounds.map { "\(Double($0) / 1_000)" } + ["+Inf"]
        return zip(names, counts).map { name, count in
            total += count
            return (name, total)
        }
    }
}
