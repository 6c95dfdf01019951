/// How many requests a client sent, and how many of them were lost.
package struct LoadReport: Sendable, Hashable {
    package var requests = 0
    /// Those without an answer, and those that nginx could not serve.
    package var failures = 0

    package init() {}

    /// Reads what `wrk` prints; `nil` where that is no report.
    package init?(wrk text: String) {
        guard let requests = Self.number(before: " requests in ", in: text) else { return nil }
        self.requests = requests
        // Each line is there only where something has failed.
        let line = text.split(separator: "\n").first { $0.contains("Socket errors:") } ?? ""
        for word in ["connect ", "read ", "write ", "timeout "] {
            failures += Self.number(after: word, in: String(line)) ?? 0
        }
        failures += Self.number(after: "Non-2xx or 3xx responses: ", in: text) ?? 0
    }

    /// Reads what `h2load` prints; `nil` where that is no report.
    package init?(h2load text: String) {
        guard let requests = Self.number(before: " done, ", in: text),
            let failed = Self.number(before: " failed, ", in: text),
            let unserved = Self.number(before: " 5xx", in: text)
        else { return nil }
        self.requests = requests
        failures = failed + unserved
    }

    package static func += (sum: inout Self, other: Self) {
        sum.requests += other.requests
        sum.failures += other.failures
    }

    private static func number(before mark: String, in text: String) -> Int? {
        text.firstRange(of: mark).flatMap { range in
            Int(String(text[..<range.lowerBound].reversed().prefix { $0.isNumber }.reversed()))
        }
    }

    private static func number(after mark: String, in text: String) -> Int? {
        text.firstRange(of: mark).flatMap { Int(text[$0.upperBound...].prefix { $0.isNumber }) }
    }
}
