import Diagnostics
import IngressTranslation

/// The selection of findings to report.
struct FindingSelection {
    private let options: ReportOptions
    /// The codes of findings of a change that are left out.
    private let ignored: Set<String>

    init(_ options: ReportOptions, ignoring ignored: Set<String> = []) {
        self.options = options
        self.ignored = ignored
    }

    /// For programs: all that is asked for, each by itself.
    func all(_ findings: [Diagnostic], of result: Pipeline.Result) -> [Diagnostic] {
        if options.quiet { return findings.filter { $0.severity != .note } }
        guard options.verbose else { return findings }
        let reported = Set(findings)
        return findings.inOrder(with: result.translation.leftOut.filter { !reported.contains($0) })
    }

    /// Those of one side of a change: what is wrong, and only where all is asked for what is good to know.
    ///
    /// Those are left out that the objects themselves, or the settings of the repository, ask to have left out.
    func ofChange(_ findings: [Diagnostic], in result: Pipeline.Result) -> [Diagnostic] {
        let reported = options.verbose ? all(findings, of: result) : findings.filter { $0.severity != .note }
        var suppressions = Suppressions(in: result.snapshot)
        return suppressions.rest(of: reported).filter { !ignored.contains($0.code) }
    }

    /// For people, whom many notes of one kind would keep from seeing what is wrong: one of each kind.
    func short(_ findings: [Diagnostic], of result: Pipeline.Result) -> [Diagnostic] {
        guard !options.quiet, !options.verbose else { return all(findings, of: result) }
        var counts: [String: Int] = [:]
        for finding in findings where finding.severity == .note { counts[finding.code, default: 0] += 1 }
        let assumed = Diagnostic.assumptionCodes.reduce(0) { $0 + counts[$1, default: 0] }
        var reported: Set<String> = []
        let short = findings.compactMap { finding -> Diagnostic? in
            guard finding.severity == .note else { return finding }
            if assumed > 1, Diagnostic.assumptionCodes.contains(finding.code) { return nil }
            guard let count = counts[finding.code], count > Self.mostOfAKind else { return finding }
            return reported.insert(finding.code).inserted ? finding.standing(for: count) : nil
        }
        return (assumed > 1 ? [.assumed(result.translation.assumed)] : []) + short
    }

    /// More notes of one kind than these become one.
    private static let mostOfAKind = 3
}

extension Diagnostic {
    fileprivate static let assumptionCodes: Set = ["service-assumed", "endpoints-assumed", "secret-assumed"]

    /// The note, with how many others there are.
    fileprivate func standing(for count: Int) -> Diagnostic {
        var note = self
        note.message += " (and \(count - 1) more notes of this kind, which --verbose tells)"
        return note
    }

    fileprivate static func assumed(_ objects: [ObjectReference]) -> Diagnostic {
        let names = objects.prefix(3).map(\.description).joined(separator: ", ") + (objects.count > 3 ? ", …" : "")
        let services = objects.count { $0.kind == "Service" }
        let secrets = objects.count - services
        let counts = [(services, "Service"), (secrets, "Secret")].filter { $0.0 > 0 }
            .map { "\($0) \($1)\($0 == 1 ? "" : "s")" }.joined(separator: " and ")
        let standIns = [
            services > 0 ? "192.0.2.1 stands for endpoints" : nil,
            secrets > 0 ? "the default certificate serves in place of others" : nil,
        ].compactMap(\.self).joined(separator: ", ")
        return Diagnostic(
            .note,
            code: "objects-assumed",
            "\(counts) \(objects.count == 1 ? "is" : "are") not in the input (\(names)); \(standIns)",
            hint: "--verbose tells each by itself; with --as folder or --as cluster the input is all there is"
        )
    }
}
