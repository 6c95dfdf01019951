import Diagnostics

/// The meaning of one kind of finding: why it comes, what it does to traffic, and what to do about it.
struct CodeExplanation: Sendable, Hashable, Encodable {
    let code: String
    let cause: String
    let effect: String
    let remedy: String

    init(_ code: String, cause: String, effect: String, remedy: String) {
        (self.code, self.cause, self.effect, self.remedy) = (code, cause, effect, remedy)
    }
}

extension CodeExplanation {
    /// Codes about one matter.
    struct Group: Sendable {
        let title: String
        let explanations: [CodeExplanation]
    }

    static let groups = [
        Group(title: "Manifests that cannot be read", explanations: reading),
        Group(title: "The input", explanations: repository),
        Group(title: "Ingresses and their classes", explanations: classes),
        Group(title: "Hosts, paths and rewrites", explanations: paths),
        Group(title: "Services and other backends", explanations: backends),
        Group(title: "TCP and UDP", explanations: streams),
        Group(title: "TLS and certificates", explanations: tls),
        Group(title: "Access", explanations: access),
        Group(title: "Annotations and keys of ConfigMaps", explanations: settings),
        Group(title: "Canaries", explanations: canary),
        Group(title: "Snippets", explanations: snippets),
        Group(title: "Templates of one's own", explanations: templates),
        Group(title: "The proof, and the controller at work", explanations: running),
    ]

    static let all = groups.flatMap(\.explanations)

    private static let byCode = Dictionary(all.map { ($0.code, $0) }) { first, _ in first }

    /// That of a code; `nil` where there is no such code.
    static func of(_ code: String) -> CodeExplanation? { byCode[code] }

    /// The code that was probably meant by another.
    static func suggestion(for code: String) -> String? { Spelling.suggestion(for: code, among: all.map(\.code)) }

    /// All of them by the name `all`, else that of one code; throws for a code that there is none of.
    static func named(_ code: String) throws(CommandFailure) -> [CodeExplanation] {
        if code == "all" { return all.sorted { $0.code < $1.code } }
        if let explanation = of(code) { return [explanation] }
        let meant = suggestion(for: code).map { "; did you mean '\($0)'?" } ?? ""
        throw CommandFailure("no finding has the code '\(code.excerpt)'\(meant)")
    }

    /// A paragraph, for a terminal.
    var text: String {
        """
        \(code)
          Cause:   \(cause)
          Effect:  \(effect)
          Remedy:  \(remedy)

        """
    }

    /// The page of the documentation.
    static var markdown: String {
        let introduction = """
            # Findings

            Every finding has a code. `postern check --explain CODE` prints why findings with it come, what that does to \
            traffic, and what to do; `--explain all` prints this list.

            [Check manifests](check.md#which-findings-count) says how findings are left out.
            """
        let sections = groups.map { group in
            """
            ## \(group.title)

            | code | cause | effect | remedy |
            | --- | --- | --- | --- |
            \(group.explanations.map(\.row).joined(separator: "\n"))
            """
        }
        return ([introduction] + sections).joined(separator: "\n\n") + "\n"
    }

    private var row: String {
        let cells = [cause, effect, remedy].map { $0.replacing("|", with: "\\|").replacing("*", with: "\\*") }
        return "| `\(code)` | \(cells.joined(separator: " | ")) |"
    }
}
