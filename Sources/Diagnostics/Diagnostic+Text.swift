extension Diagnostic {
    /// The finding as a compiler prints it, with its hint on a line of its own.
    ///
    /// `web.yaml:14:11: warning: … [code]` where it has a place, else
    /// `Ingress shop/web spec.rules[0].host: warning: … [code]`.
    package var text: String {
        hint.map { "\(head)\n    hint: \($0)" } ?? head
    }

    /// The finding on one line, as a log has it.
    package var line: String { hint.map { "\(head); hint: \($0)" } ?? head }

    private var head: String { "\(prefix)\(severity.rawValue): \(message) [\(code)]" }

    private var prefix: String {
        if let position { return "\(position): " }
        guard let object else { return "" }
        return field.map { "\(object) \($0): " } ?? "\(object): "
    }
}
