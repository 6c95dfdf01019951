import Foundation

/// Measurements of swaps as text: times in milliseconds, the median of all rounds and the maximum in parentheses.
enum SwapTable {
    static let header =
        "ingresses  secrets    new route      settled    processor   memory  nginx -t  beyond two   ratio"

    static func rows(of result: SwapMeasurement) -> String {
        let row = [
            pad("\(result.ingresses)", 9), pad("\(result.hasSecrets ? result.ingresses / 2 : 0)", 8),
            pad(result.served.text, 12), pad(result.settled.text, 12), pad(result.processorTime.text, 12),
            pad(String(format: "%.0f MB", result.memory), 8), pad(String(format: "%.0f", result.parse.median), 9),
            pad(String(format: "%.0f", result.beyondNginx), 11),
            pad(String(format: "%.2f", result.served.median / (2 * result.parse.median)), 7),
        ]
        let steps = SwapMeasurement.steps.map { "\($0) \(result.step($0).preciseText)" }
        return row.joined(separator: " ") + "\n    " + steps.joined(separator: ", ")
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}

extension Sample {
    /// `212 (240)`.
    fileprivate var text: String { String(format: "%.0f (%.0f)", median, maximum) }

    /// `0.3 (1.2)`.
    fileprivate var preciseText: String { String(format: "%.1f (%.1f)", median, maximum) }
}
