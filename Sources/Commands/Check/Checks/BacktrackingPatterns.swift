import Diagnostics
import NginxSyntax

/// Regular expressions in annotations that a short text keeps busy; translation measures those of paths.
struct BacktrackingPatterns {
    let ingresses: [AnnotationValues]

    var findings: [Diagnostic] {
        ingresses.compactMap { values in
            guard let pattern = values[Self.name], let expression = try? RegularExpression(pattern),
                let backtracking = expression.backtracking
            else { return nil }
            return values.finding(
                .warning,
                code: "pattern-backtracks",
                "the regular expression tries too many ways to match: a header of \(backtracking.text.count) bytes takes it "
                    + "more than \(backtracking.steps) steps",
                at: Self.name,
                hint: "let nothing repeat that repeats inside, as in (a+)+"
            )
        }
    }

    private static let name = "canary-by-header-pattern"
}
