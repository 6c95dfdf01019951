/// The two sides of `--git BASE..HEAD`, `--git BASE...HEAD` or `--git BASE`.
struct GitRange: Sendable, Hashable {
    let base: String
    /// `nil` for the files as they lie in the working tree.
    let head: String?
    /// Whether the change begins where the two have parted, whatever has become of the base since.
    let isOfBranch: Bool

    /// Returns `nil` for a text without a revision, or one that git would take for an option.
    init?(_ text: String) {
        guard !text.isEmpty, !text.hasPrefix("-") else { return nil }
        guard let dots = text.firstRange(of: "..") else {
            (base, head, isOfBranch) = (text, nil, false)
            return
        }
        let first = text[..<dots.lowerBound]
        var second = text[dots.upperBound...]
        isOfBranch = second.hasPrefix(".")
        if isOfBranch { second = second.dropFirst() }
        guard !first.isEmpty, !second.hasPrefix("."), !second.hasPrefix("-") else { return nil }
        base = String(first)
        head = second.isEmpty ? "HEAD" : String(second)
    }

    /// The commit that the change begins at.
    ///
    /// Throws ``CommandFailure`` where there is none.
    func start(at path: String) async throws -> GitRevision {
        let old = GitRevision(revision: base, path: path)
        guard isOfBranch, let head else { return old }
        return try await old.beginning(of: GitRevision(revision: head, path: path))
    }
}
