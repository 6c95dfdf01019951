import Diagnostics
import FoundationEssentials
import YAML

/// A value in a kubeconfig that knows where it stands.
struct ConfigurationNode {
    let node: Node
    let file: String
    /// The path from the root, such as `users[0].user`; empty for the root.
    let path: String

    func error(_ message: String) -> ConfigurationError {
        ConfigurationError(
            message,
            field: path.isEmpty ? nil : path,
            position: SourcePosition(node.position, in: file.printable)
        )
    }

    /// The value of a key; `nil` where there is none, or null.
    func entry(_ key: String) throws(ConfigurationError) -> ConfigurationNode? {
        guard case .mapping(let mapping) = node.value else { throw error("a mapping is expected here") }
        guard let value = mapping[key], !value.isNull else { return nil }
        return ConfigurationNode(node: value, file: file, path: path.isEmpty ? key : "\(path).\(key)")
    }

    /// The keys of a mapping.
    func keys() throws(ConfigurationError) -> [String] {
        guard case .mapping(let mapping) = node.value else { throw error("a mapping is expected here") }
        return mapping.entries.map(\.key)
    }

    /// The items of a list under a key.
    func items(_ key: String) throws(ConfigurationError) -> [ConfigurationNode] {
        guard let list = try entry(key) else { return [] }
        guard case .sequence(let items) = list.node.value else { throw list.error("a list is expected here") }
        return items.enumerated().map { index, item in
            ConfigurationNode(node: item, file: file, path: "\(list.path)[\(index)]")
        }
    }

    /// The text under a key with its place; `nil` where there is none, or an empty one.
    func text(_ key: String) throws(ConfigurationError) -> (value: String, node: ConfigurationNode)? {
        guard let entry = try entry(key) else { return nil }
        let text = try entry.text()
        return text.isEmpty ? nil : (text, entry)
    }

    func text() throws(ConfigurationError) -> String {
        guard case .scalar(let scalar) = node.value else { throw error("text is expected here") }
        return scalar.text
    }

    func flag(_ key: String) throws(ConfigurationError) -> Bool {
        guard let entry = try entry(key) else { return false }
        guard case .scalar(let scalar) = entry.node.value, case .boolean(let value) = scalar.meaning else {
            throw entry.error("true or false is expected here")
        }
        return value
    }

    /// The path under a key, which a kubeconfig takes from its own folder; `nil` where there is none.
    func readableFile(_ key: String) throws(ConfigurationError) -> String? {
        guard let (value, node) = try text(key) else { return nil }
        let path = node.resolved(value)
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw node.error("the file \(path.printable) cannot be read")
        }
        return path
    }

    func resolved(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        guard let slash = file.lastIndex(of: "/") else { return path }
        return "\(file[...slash])\(path)"
    }

    /// PEM under a key, in base64.
    func pem(_ key: String) throws(ConfigurationError) -> [UInt8]? {
        guard let (value, node) = try text(key) else { return nil }
        let digits = Data(value.utf8.filter { $0 > 0x20 })
        guard let bytes = Data(base64Encoded: digits) else { throw node.error("this is not base64") }
        guard String(decoding: bytes, as: UTF8.self).contains("-----BEGIN ") else {
            throw node.error("this is not PEM in base64")
        }
        return Array(bytes)
    }
}
