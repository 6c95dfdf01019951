import Diagnostics
package import KubernetesModel

/// Finds the ConfigMaps that annotations name.
///
/// Sources ask it which ConfigMaps to read.
package struct NamedConfigMaps: Sendable {
    /// The annotations whose value is the name of a ConfigMap.
    static let annotations = SettingTable.all.filter { $0.places.isAnnotation && $0.namesConfigMap }.map(\.name)

    /// The keys of the global ConfigMap whose value is the name of another one.
    private static let globalKeys = SettingTable.all.filter { $0.places.isGlobalKey && $0.namesConfigMap }.map(\.name)

    private let keys: [String]

    /// - Parameter prefix: The prefix of the annotations, without the slash.
    package init(annotationPrefix prefix: String) {
        keys = Self.annotations.map { "\(prefix)/\($0)" }
    }

    /// Those that the global ConfigMap names, of any namespace.
    package static func named(in global: ConfigMap) -> [NamespacedName] {
        globalKeys.compactMap { key in global.data[key].flatMap { NamespacedName($0)?.checked } }
    }

    package func callAsFunction(of ingress: Ingress, within reach: NamespaceReach) -> [NamespacedName] {
        guard !ingress.metadata.annotations.isEmpty else { return [] }
        return keys.compactMap { key in
            ingress.metadata.annotations[key].flatMap { ingress.objectName($0, within: reach) }
        }
    }
}

extension Ingress {
    /// The object that a text such as `headers` or `shop/headers` names.
    ///
    /// Returns `nil` for what no object can be called, and for objects out of reach.
    func objectName(_ text: String, within reach: NamespaceReach) -> NamespacedName? {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.last.map(String.init) else { return nil }
        guard parts.count == 2 else { return NamespacedName(namespace: metadata.namespace, name: name).checked }
        guard reach == .any && parts[0].isNamespace || parts[0] == metadata.namespace else { return nil }
        return NamespacedName(namespace: String(parts[0]), name: name).checked
    }
}

extension NamespacedName {
    /// The name; `nil` where Kubernetes allows none such.
    fileprivate var checked: NamespacedName? {
        ObjectReference(kind: ConfigMap.kind, self).map { _ in self }
    }
}

extension Substring {
    /// Whether it may be the name of a namespace, which is a
    /// [label](https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names).
    fileprivate var isNamespace: Bool {
        !isEmpty && utf8.count < 64
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
