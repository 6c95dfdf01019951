import Diagnostics

extension ChangeReport {
    /// Annotations for the lines of manifests that change what is served.
    var github: String {
        guard !isEmpty else { return "" }
        let overview = GitHubAnnotation(
            level: .notice,
            title: "Postern",
            message: ([summary] + [traffic?.text].compactMap(\.self)).joined(separator: "\n")
        )
        let changes = routes.changes.filter { $0.position != nil || !$0.dangers.isEmpty }.map { change in
            GitHubAnnotation(
                level: change.dangers.isEmpty ? .notice : .error,
                title: change.dangers.isEmpty ? "route \(change.kind.rawValue)" : "danger",
                message: change.message,
                // A line of what was is another one now.
                position: change.presentPosition
            )
        }
        let shared = routes.sharedDangers.map { danger in
            GitHubAnnotation(level: .error, title: "danger", message: "all hosts \(danger.text)")
        }
        let ports = ports.map { port in
            GitHubAnnotation(
                level: port.dangers.isEmpty ? .notice : .error,
                title: port.dangers.isEmpty ? "port changes" : "danger",
                message: port.lines.joined(separator: "\n")
            )
        }
        let findings = newFindings.map(GitHubAnnotation.init)
        return ([overview] + shared + changes + ports + findings).map(\.line).joined(
            separator: "\n"
        )
    }
}

extension RouteChange {
    fileprivate var message: String {
        var lines = ["\(name) \(dangers.isEmpty ? kind.rawValue : dangers.map(\.text).joined(separator: ", "))"]
        lines += traits.map(\.text)
        if let witness {
            lines.append("\(witness.command): \(witness.before), then \(witness.after)")
            if let proof = witness.proof { lines.append(proof.text) }
        }
        return lines.map { PrintableText($0, limit: 2_000).text }.joined(separator: "\n")
    }
}
