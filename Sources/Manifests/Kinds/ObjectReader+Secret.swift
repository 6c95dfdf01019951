import Diagnostics
import FoundationEssentials
import KubernetesModel
import YAML

/// Secrets and ConfigMaps: text by key.
///
/// No message says more of a value than its type.
extension ObjectReader {
    private static let secretSchema = Schema([
        "apiVersion", "data", "immutable", "kind", "metadata", "stringData", "type",
    ])
    private static let configMapSchema = Schema([
        "apiVersion", "binaryData", "data", "immutable", "kind", "metadata",
    ])

    mutating func secret() -> Secret? {
        checkFields(of: root, Self.secretSchema)
        guard var metadata = metadata(.subdomain) else { return nil }
        let type = field("type", of: root) { $0.text($1) }
        let encoded = field("data", of: root) { $0.entries($1) { $0.secretBytes($1) } }
        let plain = field("stringData", of: root, hub: "data") {
            $0.entries($1) { $0.text($1).map { SecretBytes(Array($0.utf8)) } }
        }
        guard !type.isRefused, !encoded.isRefused, !plain.isRefused else { return nil }
        metadata.source = source
        let data = (encoded.value ?? [:]).merging(plain.value ?? [:]) { _, plain in plain }
        return Secret(metadata: metadata, type: type.value.flatMap { $0.isEmpty ? nil : $0 } ?? "Opaque", data: data)
    }

    mutating func configMap() -> ConfigMap? {
        checkFields(of: root, Self.configMapSchema)
        guard var metadata = metadata(.subdomain) else { return nil }
        let data = field("data", of: root) { $0.entries($1) { $0.text($1) } }
        guard !data.isRefused else { return nil }
        metadata.source = source
        return ConfigMap(metadata: metadata, data: data.value ?? [:])
    }

    /// Reads the values of a mapping with keys of the user's own, and leaves out those that are of no use.
    private mutating func entries<Value>(
        _ node: Node,
        _ body: (inout Self, Node) -> Value?
    ) -> [String: Value]? {
        guard case .mapping(let mapping) = node.value else {
            refuseType(of: node, expected: "a mapping")
            return nil
        }
        var values: [String: Value] = [:]
        for entry in mapping.entries {
            // Kubernetes reads null as empty text.
            let value =
                entry.value.isNull ? Node(.scalar(Scalar("", isPlain: false)), at: entry.value.position) : entry.value
            values[entry.key] = at(.entry(entry.key)) { reader in
                reader.mark(value)
                return reader.losing("value") { reader in
                    guard NameRule.dataKey.allows(entry.key) else {
                        reader.refuse(
                            "name-invalid",
                            "this is not a key that Kubernetes allows here: \(NameRule.dataKey)",
                            at: entry.keyPosition
                        )
                        return nil
                    }
                    return body(&reader, value)
                }
            }
        }
        return values
    }

    private mutating func secretBytes(_ node: Node) -> SecretBytes? {
        guard let text = text(node) else { return nil }
        // Kubernetes takes line breaks in base64 text, as YAML's folded scalars leave them.
        let digits = text.utf8.filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        // Foundation overlooks padding that is too long.
        let isWhole = digits.count.isMultiple(of: 4) && digits.suffix(4).count { $0 == UInt8(ascii: "=") } <= 2
        guard isWhole, let data = Data(base64Encoded: Data(digits)) else {
            refuse("invalid-base64", "this is not base64", at: node, hint: "plain text goes into 'stringData'")
            return nil
        }
        return SecretBytes(Array(data))
    }
}
