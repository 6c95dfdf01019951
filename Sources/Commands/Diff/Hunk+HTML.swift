import HTML
import TextDiff

extension TextDiff.Hunk {
    /// The lines of a table with the old text on the left and the new one on the right.
    func sides(heading: String?) -> HTML {
        let place = "@@ -\(oldStart) +\(newStart) @@ \(heading ?? "")"
        let head = HTML.element(.tr, [.class: "hunk"], .element(.td, [.colspan: "4"], text: place))
        return .element(.tbody, [:], [head] + pairs.map { Self.row($0.old, $0.new) })
    }

    /// What stands beside what: removed lines beside those that were added for them.
    private var pairs: [(old: TextDiff.Line?, new: TextDiff.Line?)] {
        var pairs: [(TextDiff.Line?, TextDiff.Line?)] = []
        var (removed, added) = ([TextDiff.Line](), [TextDiff.Line]())
        func flush() {
            for index in 0..<max(removed.count, added.count) {
                pairs.append(
                    (index < removed.count ? removed[index] : nil, index < added.count ? added[index] : nil)
                )
            }
            (removed, added) = ([], [])
        }
        for line in lines {
            switch line {
            case .removed: removed.append(line)
            case .added: added.append(line)
            case .context:
                flush()
                pairs.append((line, line))
            }
        }
        flush()
        return pairs
    }

    private static func row(_ old: TextDiff.Line?, _ new: TextDiff.Line?) -> HTML {
        .element(
            .tr,
            [:],
            number(old?.oldNumber),
            cell(old, changed: "old"),
            number(new?.newNumber),
            cell(new, changed: "new")
        )
    }

    private static func number(_ number: Int?) -> HTML {
        .element(.td, [.class: "number"], text: number.map(String.init) ?? "")
    }

    private static func cell(_ line: TextDiff.Line?, changed side: String) -> HTML {
        guard let line else { return .element(.td, [.class: "line"]) }
        if case .context = line { return .element(.td, [.class: "line"], text: String(line.text)) }
        return .element(.td, [.class: "line \(side)"], text: String(line.text))
    }
}
