import YAML

/// Which files of a repository are no manifests by where they stand, or by who names them.
struct RepositoryStructure {
    /// The folders of Helm charts.
    private var charts: Set<[String]> = []
    /// The files that kustomizations read as something else than a resource.
    private var parts: Set<[String]> = []

    init(_ files: [ManifestFile]) {
        for file in files {
            let path = Self.path(file.name)
            switch path.last {
            case "Chart.yaml", "Chart.yml": charts.insert(Array(path.dropLast()))
            case "kustomization.yaml", "kustomization.yml": add(file, in: Array(path.dropLast()))
            default: break
            }
        }
    }

    /// Returns the kind of a file; `nil` where only its content can tell.
    func kind(of file: String) -> FolderNotes.Kind? {
        guard !charts.isEmpty || !parts.isEmpty else { return nil }
        let path = Self.path(file)
        if parts.contains(path) { return .patch }
        for (index, name) in path.enumerated() where name == "templates" && charts.contains(Array(path[..<index])) {
            return .template
        }
        return nil
    }

    private mutating func add(_ file: ManifestFile, in folder: [String]) {
        for document in DocumentReader(file.bytes, file: file.name) {
            for name in document.root?.namesOfParts ?? [] { parts.insert(Self.path(name, in: folder)) }
        }
    }

    /// The names in a path, without `.` and as far as possible without `..`.
    private static func path(_ text: String, in folder: [String] = []) -> [String] {
        var path = text.hasPrefix("/") ? ["/"] : folder
        for name in text.split(separator: "/") where name != "." {
            if name == "..", let last = path.last, last != ".." { path.removeLast() } else { path.append(String(name)) }
        }
        return path
    }
}

extension Node {
    /// The files that a kustomization reads to change or make resources.
    ///
    /// See [kustomization](https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/).
    fileprivate var namesOfParts: [String] {
        let changes = ["patches", "patchesJson6902", "replacements"].flatMap {
            items($0).compactMap { $0["path"]?.text }
        }
        let lists = ["patchesStrategicMerge", "configurations", "transformers", "generators", "crds"]
            .flatMap { items($0).compactMap(\.text) }
        let generated = ["configMapGenerator", "secretGenerator"].flatMap { items($0) }.flatMap { $0.items("files") }
            .compactMap(\.text).map { $0.split(separator: "=", maxSplits: 1).last.map(String.init) ?? $0 }
        let values = items("helmCharts").flatMap { [$0["valuesFile"]] + $0.items("additionalValuesFiles") }
            .compactMap { $0?.text }
        return changes + lists + generated + values
    }

    fileprivate func items(_ key: String) -> [Node] {
        guard case .sequence(let items) = self[key]?.value else { return [] }
        return items
    }
}
