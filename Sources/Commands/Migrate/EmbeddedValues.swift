import Manifests
import YAML

/// Values of ingress-nginx's chart that stand in an object of whoever installs it: Flux, Argo CD or the Helm controller of
/// k3s and RKE2.
enum EmbeddedValues {
    static func values(in files: [ManifestFile]) -> [ChartValues] {
        files.filter { file in
            file.bytes.contains("ingress-nginx".utf8) && kinds.contains { file.bytes.contains($0.utf8) }
        }.flatMap { file in
            DocumentReader(file.bytes, file: file.name).flatMap { document in
                document.root.map { values(in: $0, file: file.name) } ?? []
            }
        }
    }

    private static let kinds = ["HelmRelease", "Application", "HelmChart"]

    private static func values(in root: Node, file: String) -> [ChartValues] {
        if let items = root["items"]?.elements { return items.flatMap { values(in: $0, file: file) } }
        let group = root["apiVersion"]?.text?.split(separator: "/").first ?? ""
        switch (group, root["kind"]?.text) {
        case ("helm.toolkit.fluxcd.io", "HelmRelease"):
            guard isChart(root[path: ["spec", "chart", "spec", "chart"]]) else { return [] }
            return [root[path: ["spec", "values"]]].compactMap { $0 }.map { ChartValues($0, file: file) }
        case ("argoproj.io", "Application"):
            let sources =
                [root[path: ["spec", "source"]]].compactMap { $0 } + (root[path: ["spec", "sources"]]?.elements ?? [])
            return sources.filter { isChart($0["chart"]) }.flatMap { source in
                [source[path: ["helm", "valuesObject"]]].compactMap { $0 }.map { ChartValues($0, file: file) }
                    + written(source[path: ["helm", "values"]], file: file)
            }
        case ("helm.cattle.io", "HelmChart"), ("helm.cattle.io", "HelmChartConfig"):
            guard isChart(root[path: ["spec", "chart"]] ?? root[path: ["metadata", "name"]]) else { return [] }
            return written(root[path: ["spec", "valuesContent"]], file: file)
        default: return []
        }
    }

    /// Whether a chart is that of ingress-nginx, or the one that RKE2 makes of it.
    private static func isChart(_ node: Node?) -> Bool {
        guard let name = node?.text?.split(separator: "/").last else { return false }
        return name == "ingress-nginx" || name == "rke2-ingress-nginx"
    }

    /// Values that are written as text.
    private static func written(_ node: Node?, file: String) -> [ChartValues] {
        guard let node, let text = node.text,
            let document = DocumentReader(text, file: file).first(where: { _ in true }),
            let root = document.root
        else { return [] }
        return [ChartValues(root, file: file, linesBefore: node.position.line)]
    }
}
