import Diagnostics

/// The other content of a folder beside manifests, in a note for each kind of it.
struct FolderNotes {
    enum Kind: Hashable, CaseIterable {
        case noManifest
        case template
        case patch
        case encrypted
    }

    private let folder: String
    private var names: [Kind: [String]] = [:]
    private var asides: [Diagnostic] = []

    init(_ folder: String) {
        self.folder = folder
    }

    mutating func add(_ file: String, _ kind: Kind) {
        names[kind, default: []].append(file)
    }

    /// Takes note of what is wrong with objects that nobody relies on.
    mutating func add(_ asides: [Diagnostic]) {
        self.asides += asides
    }

    var diagnostics: [Diagnostic] {
        Kind.allCases.compactMap { kind in names[kind].map { note(kind, $0) } }
            + (asides.first.map { [asideNote($0)] } ?? [])
    }

    private func asideNote(_ first: Diagnostic) -> Diagnostic {
        let place = (first.position.map { "\($0): " } ?? "") + first.message
        let isOne = asides.count == 1
        return Diagnostic(
            .note,
            code: "aside",
            "\(asides.count) finding\(isOne ? " is" : "s are") about objects that no Ingress relies on (\(place)"
                + "\(isOne ? "" : "; …"))",
            hint: "--as folder tells \(isOne ? "it" : "each")"
        )
    }

    private func note(_ kind: Kind, _ names: [String]) -> Diagnostic {
        let shown = names.prefix(3).map { "'\($0.excerpt)'" }.joined(separator: ", ") + (names.count > 3 ? ", …" : "")
        let isOne = names.count == 1
        let subject = "\(names.count) file\(isOne ? "" : "s") in '\(folder.excerpt)' (\(shown))"
        switch kind {
        case .noManifest:
            return Diagnostic(
                .note,
                code: "not-a-manifest",
                "\(subject) hold\(isOne ? "s" : "") no Kubernetes object and \(isOne ? "is" : "are") passed over"
            )
        case .template:
            return Diagnostic(
                .note,
                code: "template-not-read",
                "\(subject) \(isOne ? "is a template" : "are templates") and \(isOne ? "is" : "are") passed over",
                hint: "render them first: helm template CHART | postern check -"
            )
        case .patch:
            return Diagnostic(
                .note,
                code: "kustomize-part",
                "\(subject) only \(isOne ? "changes" : "change") other manifests and \(isOne ? "is" : "are") passed over",
                hint: "build them first: kustomize build FOLDER | postern check -"
            )
        case .encrypted:
            return Diagnostic(
                .note,
                code: "encrypted",
                "\(subject) \(isOne ? "is" : "are") encrypted by SOPS; what \(isOne ? "it holds" : "they hold") counts "
                    + "as missing",
                hint: "decrypt them first, with 'sops --decrypt'"
            )
        }
    }
}
