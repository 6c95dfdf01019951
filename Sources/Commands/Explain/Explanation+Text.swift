import Diagnostics
import Foundation

extension Explanation {
    /// For people: a line for each step, then the answer, then what is wrong with the Ingress.
    var text: String {
        let width = steps.map(\.name.count).max() ?? 0
        var lines = [request, ""]
        for step in steps {
            let name = step.name.padding(toLength: max(width, 6), withPad: " ", startingAt: 0)
            lines.append(([name, step.text] + [step.ingress, step.place].compactMap(\.self)).joined(separator: "  "))
        }
        let answerName = "answer".padding(toLength: max(width, 6), withPad: " ", startingAt: 0)
        lines.append("\(answerName)  \(answer)")
        if let answerOnceAdmitted {
            let indent = String(repeating: " ", count: max(width, 6))
            lines.append("\(indent)  for a client that the guards let pass: \(answerOnceAdmitted)")
        }
        if !findings.isEmpty { lines += ["", "findings about it:"] + findings.map(\.text) }
        return lines.map { PrintableText($0, limit: 4_000).text }.joined(separator: "\n")
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

extension DiagnosticRecord {
    fileprivate var text: String {
        let place =
            file.map { ([$0] + [line, column].compactMap(\.self).map(String.init)).joined(separator: ":") + ": " } ?? ""
        return "\(place)\(severity): \(message) [\(code)]" + (hint.map { "; hint: \($0)" } ?? "")
    }
}
