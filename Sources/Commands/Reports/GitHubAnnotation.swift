import Diagnostics

/// A line that a workflow of GitHub shows at a place of a file.
///
/// See [Workflow commands](https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions).
struct GitHubAnnotation {
    enum Level: String {
        case error
        case warning
        case notice
    }

    var level: Level
    var title: String
    var message: String
    var position: SourcePosition?

    var line: String {
        var properties = ["title=\(Self.property(title))"]
        if let position {
            properties += [
                "file=\(Self.property(position.file))", "line=\(position.line)", "col=\(position.column)",
            ]
        }
        return "::\(level.rawValue) \(properties.joined(separator: ","))::\(Self.data(message))"
    }

    private static func data(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    private static func property(_ text: String) -> String {
        data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}

extension GitHubAnnotation {
    init(_ finding: Diagnostic) {
        let level: Level =
            switch finding.severity {
            case .error: .error
            case .warning: .warning
            case .note: .notice
            }
        let hint = finding.hint.map { "\nhint: \($0)" } ?? ""
        self.init(level: level, title: finding.code, message: finding.message + hint, position: finding.position)
    }
}
