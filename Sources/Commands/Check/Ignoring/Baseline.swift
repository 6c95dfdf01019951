import Diagnostics
import Foundation

/// The findings of an earlier check, wherever they stand now, each as often as it was found.
struct Baseline {
    private var counts: [DiagnosticRecord: Int] = [:]

    /// Reads what `postern check --format json` has printed; there is nothing in it without a file.
    init(file: String?) throws {
        guard let file else { return }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandFailure("\(file): the baseline cannot be read")
        }
        guard let findings = try? JSONDecoder().decode([DiagnosticRecord].self, from: data) else {
            throw CommandFailure("\(file): it is no list of findings as 'postern check --format json' prints it")
        }
        for finding in findings { counts[finding.anywhere, default: 0] += 1 }
    }

    /// Takes a finding out; returns whether it was there.
    mutating func take(_ finding: Diagnostic) -> Bool {
        guard !counts.isEmpty else { return false }
        let key = DiagnosticRecord(finding).anywhere
        guard let count = counts[key], count > 0 else { return false }
        counts[key] = count - 1
        return true
    }
}

extension DiagnosticRecord {
    /// The finding wherever it stands in whichever file.
    fileprivate var anywhere: DiagnosticRecord {
        var record = self
        (record.file, record.line, record.column, record.hint) = (nil, nil, nil, nil)
        return record
    }
}
