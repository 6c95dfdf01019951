/// Findings about one thing, such as a document or an object, of which the first are kept and the others counted.
///
/// However much is wrong with an input, what is said of it takes little room, and little time to say.
package struct FindingList: Sendable {
    /// How many findings of one document or one object are told.
    package static let usualLimit = 100

    private let limit: Int
    private var findings: [Diagnostic] = []
    private var omitted = 0
    private var worstOmitted: Diagnostic.Severity?

    package init(limit: Int = Self.usualLimit) {
        self.limit = limit
    }

    package var isEmpty: Bool { findings.isEmpty }

    /// Adds a finding, which is made only where it is kept.
    ///
    /// - Parameter severity: That of the finding, or a worse one where it may be of several.
    package mutating func append(_ severity: Diagnostic.Severity = .error, _ finding: @autoclosure () -> Diagnostic) {
        guard findings.count < limit else {
            omitted += 1
            worstOmitted = worstOmitted.map { $0.worse(than: severity) } ?? severity
            return
        }
        findings.append(finding())
    }

    package mutating func append(contentsOf others: some Sequence<Diagnostic>) {
        for other in others { append(other.severity, other) }
    }

    /// Returns the findings to report: those that are kept, and behind them how many more there are.
    ///
    /// - Parameter thing: What they are about, as in "12 more findings about this document are not shown".
    package func reported(about thing: String) -> [Diagnostic] {
        guard let worstOmitted else { return findings }
        return findings + [
            Diagnostic(
                worstOmitted,
                code: Diagnostic.omission,
                "\(omitted) more finding\(omitted == 1 ? "" : "s") about \(thing) \(omitted == 1 ? "is" : "are") not shown",
                object: findings.last?.object,
                position: findings.last?.position
            )
        ]
    }
}

extension Diagnostic {
    /// The code of those that count others.
    fileprivate static let omission = "findings-omitted"
}

extension [Diagnostic] {
    /// The findings without what is too much about one object; those about none stay.
    package func boundedByObject(_ limit: Int = FindingList.usualLimit) -> [Diagnostic] {
        guard count > limit else { return self }
        var total: [ObjectReference: Int] = [:]
        for case let object? in lazy.filter({ $0.code != Diagnostic.omission }).map(\.object) {
            total[object, default: 0] += 1
        }
        var left = total.filter { $0.value > limit }
        guard !left.isEmpty else { return self }
        var lists: [ObjectReference: FindingList] = [:]
        var result: [Diagnostic] = []
        for finding in self {
            guard finding.code != Diagnostic.omission, let object = finding.object, let rest = left[object] else {
                result.append(finding)
                continue
            }
            lists[object, default: FindingList(limit: limit)].append(finding.severity, finding)
            left[object] = rest - 1
            // They stand together, where the last of them is.
            if rest == 1, let list = lists.removeValue(forKey: object) { result += list.reported(about: "\(object)") }
        }
        return result
    }
}

extension Diagnostic.Severity {
    /// Whether it is as bad as another, or worse.
    package func isAtLeast(_ other: Self) -> Bool { rank >= other.rank }

    /// How bad it is: more is worse.
    private var rank: Int {
        switch self {
        case .error: 2
        case .warning: 1
        case .note: 0
        }
    }

    fileprivate func worse(than other: Self) -> Self { rank >= other.rank ? self : other }
}
