package import Diagnostics

/// The content of an event.
package struct EventNote: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
        case normal = "Normal"
        case warning = "Warning"
    }

    package var kind: Kind
    /// One word in upper camel case, for programs.
    package var reason: String
    package var message: String

    /// The limit of an API server, in bytes.
    private static let longestMessage = 1024

    package init(_ kind: Kind, _ reason: String, _ message: String) {
        self.kind = kind
        self.reason = reason
        self.message = message.cut(to: Self.longestMessage)
    }

    /// A finding: `service-not-found` is told as `ServiceNotFound`.
    package init(_ finding: Diagnostic) {
        let place = finding.field.map { "\($0): " } ?? ""
        let hint = finding.hint.map { "; \($0)" } ?? ""
        self.init(
            finding.severity == .note ? .normal : .warning,
            finding.code.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(),
            place + finding.message + hint
        )
    }
}

extension String {
    /// So many bytes at the most, cut between characters.
    fileprivate func cut(to limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var result = ""
        var room = limit - "…".utf8.count
        for character in self {
            room -= String(character).utf8.count
            guard room >= 0 else { break }
            result.append(character)
        }
        return result + "…"
    }
}
