import Diagnostics
import Foundation

extension LineExplanation {
    /// For people: the line, the blocks around it, and why it is there.
    var printed: String {
        var lines = ["nginx.conf:\(line): \(text)", ""]
        for part in parts {
            let words = [part.text, part.origin, part.place, "nginx.conf:\(part.lines)"].compactMap(\.self)
            lines.append("in       " + words.joined(separator: "  "))
        }
        for reason in reasons {
            let gone = reason.isShared ? "and others bring it as well" : "without it the line is gone"
            let rest = reason.otherwise.map { "without it: \($0)" } ?? gone
            lines.append(
                "because  " + ([reason.text] + [reason.place].compactMap(\.self) + [rest]).joined(separator: "  ")
            )
        }
        if reasons.isEmpty { lines.append("because  Postern writes it whatever the manifests say") }
        return lines.map { PrintableText($0, limit: 4_000).text }.joined(separator: "\n")
    }

    /// For programs; `version` changes where a field goes or means something else.
    struct Record: Encodable {
        var version = 1
        var line: Int
        var text: String
        var parts: [Part]
        var reasons: [Reason]
    }

    var record: Record { Record(line: line, text: text, parts: parts, reasons: reasons) }
}
