/// The arguments of the program, as manifests for ingress-nginx may have them.
package struct CommandArguments: Sendable, Hashable {
    /// In the form that options are parsed from.
    package let arguments: [String]

    /// Flags that have a form for no, `--no-…`.
    private static let reversible: Set<String> = [
        "enable-annotation-validation", "update-status", "update-status-on-shutdown", "watch-ingress-without-class",
    ]

    /// Flags that are off where they are not given.
    private static let plain: Set<String> = [
        "disable-catch-all", "disable-leader-election", "disable-svc-external-name", "disable-sync-events",
        "ingress-class-by-name", "report-node-internal-ip-address",
    ]

    /// Throws ``CommandFailure`` for options of ingress-nginx that are not taken, all of which it names.
    ///
    /// A flag may have a value, such as `--update-status=false`.
    package init(_ given: some Sequence<String>) throws(CommandFailure) {
        var arguments: [String] = []
        var refusals: [String] = []
        var isOption = true
        for argument in given {
            if argument == "--" { isOption = false }
            guard isOption, argument.hasPrefix("--"), argument.count > 2 else {
                arguments.append(argument)
                continue
            }
            let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            if let reason = ForeignOptions.reasons[name] {
                refusals.append("--\(name) is an option of ingress-nginx that Postern does not take: \(reason)")
            } else {
                arguments += Self.plainForm(of: argument, name, value: parts.count > 1 ? parts[1] : nil)
            }
        }
        if let first = refusals.first { throw CommandFailure(first, quoting: Array(refusals.dropFirst())) }
        self.arguments = arguments
    }

    private static func plainForm(of argument: String, _ name: String, value: Substring?) -> [String] {
        guard let value, reversible.contains(name) || plain.contains(name) else { return [argument] }
        switch value {
        case "1", "t", "T", "TRUE", "true", "True": return ["--\(name)"]
        case "0", "f", "F", "FALSE", "false", "False": return reversible.contains(name) ? ["--no-\(name)"] : []
        default: return [argument]
        }
    }
}
