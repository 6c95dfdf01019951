import Foundation

/// Turns of two configurations one after the other, so that whatever else the machine does slows both.
struct DataPlanePairs {
    private let turns: [(first: DataPlaneTurn, second: DataPlaneTurn)]

    /// Takes the turns; each of the two begins every other time.
    init(
        _ count: Int,
        first: () async throws -> DataPlaneTurn,
        second: () async throws -> DataPlaneTurn
    ) async throws {
        var turns: [(first: DataPlaneTurn, second: DataPlaneTurn)] = []
        for number in 0..<count {
            if number.isMultiple(of: 2) {
                let one = try await first()
                turns.append((one, try await second()))
            } else {
                let other = try await second()
                turns.append((try await first(), other))
            }
        }
        self.turns = turns
    }

    /// The median of each of the two.
    func medians(of value: (DataPlaneTurn) -> Double) -> (first: Double, second: Double) {
        (Sample(turns.map { value($0.first) }).median, Sample(turns.map { value($0.second) }).median)
    }

    /// The ratios within pairs.
    func ratios(_ ratio: (_ first: DataPlaneTurn, _ second: DataPlaneTurn) -> Double) -> Sample {
        Sample(turns.map { ratio($0.first, $0.second) })
    }

    /// Prints a row of a table, or the head of one.
    static func show(_ title: String, _ columns: String...) {
        print(title.padding(toLength: 53, withPad: " ", startingAt: 0) + columns.joined())
        // Each row takes a while.
        fflush(nil)
    }
}

extension Sample {
    /// The median, and between which values half of all are.
    var spread: String { String(format: "%5.3f (%4.2f-%4.2f)", median, lowerQuartile, upperQuartile) }
}
