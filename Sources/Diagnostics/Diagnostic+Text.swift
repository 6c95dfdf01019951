extension Diagnostic {
    /// The finding as a compiler prints it, with its hint on a line of its own.
    ///
    /// `web.yaml:14:11: warning: … [code]` where it has a place, else
    /// `Ingress shop/web spec.rules[0].host: warning: … [code]`.
    package var text: String {
        let line = "\(prefix)\(severity.rawValue): \(message) [\(code)]"
        return hint.map { "\(line)\n    hint: \($0)" } ?? line
    }

    private var prefix: String {
        if let position { return "\(position): " }
        guard let object else { return "" }
        return field.map { "\(object) \($0): " } ?? "\(object): "
    }
}
