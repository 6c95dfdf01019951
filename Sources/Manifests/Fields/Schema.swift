/// The fields that Kubernetes defines for one mapping, whether Postern reads them or not.
struct Schema: Sendable {
    var known: Set<String>
    /// Hints about fields that belong to another version of the API.
    var hints: [String: String]

    init(_ known: Set<String>, hints: [String: String] = [:]) {
        self.known = known
        self.hints = hints
    }
}
