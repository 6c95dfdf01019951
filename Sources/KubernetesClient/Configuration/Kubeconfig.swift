import Diagnostics
import Foundation
import YAML

/// Kubeconfigs, joined as `kubectl` joins them: what the first of them says of a name counts.
struct Kubeconfig {
    private var sections: [Section: [String: ConfigurationNode]] = [:]
    private var currentContext: (value: String, node: ConfigurationNode)?
    /// The files, as errors name them.
    private var files: [String] = []

    private enum Section: String, CaseIterable {
        case clusters, contexts, users

        var item: String { String(rawValue.dropLast()) }
    }

    mutating func add(_ bytes: [UInt8], file: String) throws(ConfigurationError) {
        files.append(file.printable)
        guard let root = try Self.root(of: bytes, file: file) else { return }
        for section in Section.allCases {
            for entry in try root.items(section.rawValue) {
                guard let name = try entry.text("name") else { throw entry.error("it has no name") }
                guard sections[section]?[name.value] == nil else { continue }
                sections[section, default: [:]][name.value] = try entry.entry(section.item) ?? entry
            }
        }
        if currentContext == nil { currentContext = try root.text("current-context") }
    }

    /// The parts that a context joins; the current context where `name` is `nil`.
    func context(
        _ name: String?
    ) throws(ConfigurationError) -> (cluster: ConfigurationNode, user: ConfigurationNode?, namespace: String?) {
        guard let name = name ?? currentContext?.value else {
            throw ConfigurationError("no context is chosen in \(files.joined(separator: ", "))")
        }
        guard let context = sections[.contexts]?[name] else {
            let known = sections[.contexts, default: [:]].keys
            let hint = Spelling.suggestion(for: name, among: known).map { "; did you mean '\($0.printable)'?" } ?? ""
            let message = "there is no context '\(name.printable)'\(hint)"
            guard let current = currentContext, current.value == name else {
                throw ConfigurationError("\(files.joined(separator: ", ")): \(message)")
            }
            throw current.node.error(message)
        }
        guard let cluster = try part(.clusters, "cluster", of: context) else {
            throw context.error("the context names no cluster")
        }
        return (cluster, try part(.users, "user", of: context), try context.text("namespace")?.value)
    }

    private func part(
        _ section: Section,
        _ key: String,
        of context: ConfigurationNode
    ) throws(ConfigurationError) -> ConfigurationNode? {
        guard let (name, node) = try context.text(key) else { return nil }
        guard let part = sections[section]?[name] else { throw node.error("there is no \(key) '\(name.printable)'") }
        return part
    }

    /// The first document; `nil` for an empty file, which `kubectl` takes too.
    private static func root(of bytes: [UInt8], file: String) throws(ConfigurationError) -> ConfigurationNode? {
        var documents = DocumentReader(bytes, file: file.printable)
        guard let document = documents.next() else { return nil }
        if let diagnostic = document.diagnostics.first(where: { $0.severity == .error }) {
            throw ConfigurationError(diagnostic.message, position: diagnostic.position)
        }
        return document.root.flatMap { $0.isNull ? nil : ConfigurationNode(node: $0, file: file, path: "") }
    }
}
