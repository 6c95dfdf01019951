import Diagnostics

/// The differences between two running controllers.
struct ComparisonReport {
    let old: String
    let new: String
    private(set) var requestCount = 0
    /// How many requests tell all routes apart.
    private let wantedCount: Int
    /// Requests to which a controller does not answer twice in the same way.
    private(set) var unsteadyCount = 0
    private(set) var sameCount = 0
    private(set) var differences: [ComparedDifference] = []

    init(old: String, new: String, wantedCount: Int) {
        (self.old, self.new, self.wantedCount) = (old, new, wantedCount)
    }

    /// Requests that would tell more routes apart, and are not sent.
    var omittedCount: Int { wantedCount - requestCount }

    mutating func addSame() {
        requestCount += 1
        sameCount += 1
    }

    mutating func addUnsteady() {
        requestCount += 1
        unsteadyCount += 1
    }

    mutating func add(_ difference: ComparedDifference) {
        requestCount += 1
        differences.append(difference)
    }

    func differences(of kind: ComparedDifference.Kind) -> [ComparedDifference] {
        differences.filter { $0.kind == kind }
    }

    var summary: String {
        let counts =
            [(sameCount, "same")] + ComparedDifference.Kind.allCases.map { (differences(of: $0).count, $0.rawValue) }
            + (unsteadyCount > 0 ? [(unsteadyCount, "not the same twice")] : [])
        let omitted = omittedCount > 0 ? " (\(omittedCount) more are left out: --max-requests)" : ""
        return "\(requestCount) requests to \(old) and \(new)\(omitted): "
            + counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }

    /// For people: what nothing accounts for, one by one, then the others by what accounts for them.
    var text: String {
        var lines = [summary]
        let unexplained = differences(of: .unexplained)
        if !unexplained.isEmpty { lines += ["", "unexplained"] + unexplained.flatMap(\.lines) }
        for kind in [ComparedDifference.Kind.known, .wanted] {
            let reasons = differences(of: kind).reduce(into: [(reason: String, found: [ComparedDifference])]()) {
                groups,
                one in
                let reason = one.reason ?? ""
                if let index = groups.firstIndex(where: { $0.reason == reason }) {
                    groups[index].found.append(one)
                } else {
                    groups.append((reason, [one]))
                }
            }
            guard !reasons.isEmpty else { continue }
            lines += ["", kind.rawValue]
            for (reason, found) in reasons {
                lines.append("  \(found.count)  \(reason)")
                if let first = found.first { lines += first.lines.map { "  \($0)" } }
            }
        }
        return lines.map { PrintableText($0, limit: 4_000).text }.joined(separator: "\n")
    }
}

extension ComparedDifference {
    fileprivate var lines: [String] {
        let heading = [request, route, place?.text].compactMap(\.self).joined(separator: "  ")
        let expected = kind == .unexplained ? self.expected.map { "      the manifests ask Postern for: \($0)" } : nil
        return ["  \(heading)"] + aspects.map { "      \($0.name): \($0.old) -> \($0.new)" }
            + [expected].compactMap(\.self)
    }
}

/// A comparison as JSON has it; `version` changes where a field goes or means something else.
struct ComparisonRecord: Encodable {
    var version = 1
    var old: String
    var new: String
    var requests: Int
    var omitted: Int
    var same: Int
    var unsteady: Int
    var differences: [Difference]

    struct Difference: Encodable {
        /// `unexplained`, `known` or `wanted`.
        var kind: String
        var request: String
        var route: String?
        var file: String?
        var line: Int?
        var changes: [Change]
        var expected: String?
        var reason: String?
    }

    struct Change: Encodable {
        var name: String
        var old: String
        var new: String
    }

    init(_ report: ComparisonReport) {
        (old, new, requests) = (report.old, report.new, report.requestCount)
        (omitted, same, unsteady) = (report.omittedCount, report.sameCount, report.unsteadyCount)
        differences = report.differences.map { one in
            Difference(
                kind: one.kind.rawValue,
                request: one.request,
                route: one.route,
                file: one.place?.position?.file,
                line: one.place?.position?.line,
                changes: one.aspects.map { Change(name: $0.name, old: $0.old, new: $0.new) },
                expected: one.expected,
                reason: one.reason
            )
        }
    }
}
