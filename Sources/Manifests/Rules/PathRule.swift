import KubernetesModel

/// The paths that an Ingress may name.
enum PathRule {
    private static let forbiddenParts = ["//", "/./", "/../", "%2f", "%2F"]
    private static let forbiddenEnds = ["/..", "/."]

    /// Returns what is wrong with a path of a type, or `nil`; an empty path is one that was left out.
    static func violation(of path: String, type: Ingress.PathType?) -> String? {
        guard !path.isEmpty else { return nil }
        guard path.hasPrefix("/") else { return "a path must begin with '/'" }
        guard type == .exact || type == .prefix else { return nil }
        if let part = forbiddenParts.first(where: path.contains) {
            return "a path of type Exact or Prefix cannot contain '\(part)'"
        }
        if let end = forbiddenEnds.first(where: path.hasSuffix) {
            return "a path of type Exact or Prefix cannot end with '\(end)'"
        }
        return nil
    }
}
