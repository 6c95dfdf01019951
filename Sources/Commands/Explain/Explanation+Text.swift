import Diagnostics
import Foundation

extension Explanation {
    /// For people: a line for each step, then the answer, then what is wrong with the Ingress.
    var text: String {
        let width = steps.map(\.name.count).max() ?? 0
        var lines = [request, ""]
        for step in steps {
            let name = step.name.padding(toLength: max(width, 6), withPad: " ", startingAt: 0)
            lines.append(([name] + step.words).joined(separator: "  "))
        }
        let answerName = "answer".padding(toLength: max(width, 6), withPad: " ", startingAt: 0)
        lines.append("\(answerName)  \(answer)")
        if let answerOnceAdmitted {
            let indent = String(repeating: " ", count: max(width, 6))
            lines.append("\(indent)  for a client that the guards let pass: \(answerOnceAdmitted)")
        }
        for (name, text) in [("served", served?.text), ("logged", logged?.text), ("proof", proof?.text)] {
            guard let text else { continue }
            lines.append("\(name.padding(toLength: max(width, 6), withPad: " ", startingAt: 0))  \(text)")
        }
        if !findings.isEmpty { lines += ["", "findings about it:"] + findings.map(\.line) }
        return lines.map { PrintableText($0, limit: 4_000).text }.joined(separator: "\n")
    }
}
