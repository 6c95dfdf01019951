/// Cuts what comes in parts into lines.
struct LineSplitter: Sendable {
    private var rest: [UInt8] = []
    /// The bytes of `rest` that are known to hold no line break.
    private var scanned = 0
    let limit: Int

    /// - Parameter limit: How many bytes a line may have.
    init(limit: Int) {
        self.limit = limit
    }

    /// The lines that a part completes, without their ends and without those that are empty.
    mutating func add(_ part: [UInt8]) throws(APIError) -> [[UInt8]] {
        rest += part
        var lines: [[UInt8]] = []
        var start = 0
        while let end = rest[max(start, scanned)...].firstIndex(of: UInt8(ascii: "\n")) {
            guard end - start <= limit else { throw .tooLarge(limit: limit) }
            if end > start { lines.append(Array(rest[start..<end])) }
            start = end + 1
        }
        rest.removeFirst(start)
        scanned = rest.count
        guard rest.count <= limit else { throw .tooLarge(limit: limit) }
        return lines
    }
}
