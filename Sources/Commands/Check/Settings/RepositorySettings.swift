import Diagnostics
import Foundation
import KubernetesModel
import YAML

/// The settings of a repository: the file `.postern.yaml` at or above what a command reads.
struct RepositorySettings {
    var failure: Diagnostic.Severity?
    var ignored: [(code: String, position: SourcePosition)] = []
    /// A path from where the command runs.
    var baseline: String?
    var meaning: InputOptions.Meaning?
    var ingressClass: String?
    var controllerClass: [String] = []
    var configMap: NamespacedName?
    var watchIngressWithoutClass: Bool?
    /// Findings about the file itself.
    var findings: [Diagnostic] = []
    /// The folder of the file; `nil` where there is none.
    var folder: URL?

    init() {}

    /// Reads the text of a file in a folder; `name` is how findings call it.
    init(_ bytes: [UInt8], name: String, in folder: URL) {
        self.folder = folder
        var documents = DocumentReader(bytes, file: name)
        guard let document = documents.next() else { return }
        findings = document.diagnostics
        var reader = SettingsFileReader(file: name)
        if let root = document.root { read(root, &reader) }
        if documents.next() != nil { reader.refuse("the file has more than one document; the first one counts") }
        findings += reader.findings
    }

    private mutating func read(_ root: Node, _ reader: inout SettingsFileReader) {
        for (section, node) in reader.entries(of: root, ["check", "input"]) {
            if section == "check" {
                readCheck(node, &reader)
            } else {
                readInput(node, &reader)
            }
        }
    }

    private mutating func readCheck(_ node: Node, _ reader: inout SettingsFileReader) {
        for (key, value) in reader.entries(of: node, ["baseline", "fail-on", "ignore"]) {
            switch key {
            case "baseline":
                if let path = reader.text(value) { baseline = folder?.relativePath(to: path) }
            case "fail-on":
                failure = reader.choice(value, Diagnostic.Severity.allCases) ?? failure
            default:
                ignored = reader.texts(value).map { code, position in
                    (code, SourcePosition(position, in: reader.file))
                }
            }
        }
    }

    private mutating func readInput(_ node: Node, _ reader: inout SettingsFileReader) {
        let keys = ["as", "configmap", "controller-class", "ingress-class", "watch-ingress-without-class"]
        for (key, value) in reader.entries(of: node, keys) {
            switch key {
            case "as": meaning = reader.choice(value, InputOptions.Meaning.allCases)
            case "configmap":
                configMap = reader.text(value).flatMap { NamespacedName($0) }
                if configMap == nil {
                    reader.refuse("expected NAMESPACE/NAME; there is no global ConfigMap", at: value)
                }
            case "controller-class": controllerClass = reader.texts(value).map(\.text)
            case "ingress-class": ingressClass = reader.text(value)
            default: watchIngressWithoutClass = reader.boolean(value)
            }
        }
    }
}

extension RepositorySettings {
    /// Sets what the command line leaves open.
    func complete(_ translation: inout TranslationOptions, _ input: inout InputOptions) {
        if input.chosen == nil, !input.observed { input.chosen = meaning }
        translation.ingressClass = translation.ingressClass ?? ingressClass
        if translation.controllerClass.isEmpty { translation.controllerClass = controllerClass }
        translation.configMap = translation.configMap ?? configMap
        translation.watchIngressWithoutClass = translation.watchIngressWithoutClass ?? watchIngressWithoutClass
    }
}

extension URL {
    fileprivate func relativePath(to path: String) -> String {
        path.hasPrefix("/") ? path : appending(path: path).path
    }
}
