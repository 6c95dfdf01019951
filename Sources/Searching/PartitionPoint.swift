extension RandomAccessCollection {
    /// The first index whose element is not among those that come first; the end where all are.
    ///
    /// - Parameter comesFirst: Holds for some elements at the beginning, and for none behind them.
    @inlinable
    public func partitionPoint(where comesFirst: (Element) throws -> Bool) rethrows -> Index {
        var (start, length) = (startIndex, count)
        while length > 0 {
            let half = length / 2
            let middle = index(start, offsetBy: half)
            if try comesFirst(self[middle]) {
                start = index(after: middle)
                length -= half + 1
            } else {
                length = half
            }
        }
        return start
    }
}
