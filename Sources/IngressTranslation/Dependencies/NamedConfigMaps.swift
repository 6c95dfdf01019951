import Diagnostics
package import KubernetesModel

/// Finds the ConfigMaps that annotations name.
///
/// Sources ask it which ConfigMaps to read: an Ingress may name those of its own namespace alone.
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

    package func callAsFunction(of ingress: Ingress) -> [NamespacedName] {
        guard !ingress.metadata.annotations.isEmpty else { return [] }
        return keys.compactMap { key in
            ingress.metadata.annotations[key].flatMap { ingress.objectName($0) }
        }
    }
}

extension Ingress {
    /// The object that a text such as `headers` or `shop/headers` names.
    ///
    /// Returns `nil` for what no object can be called, and for objects of other namespaces.
    func objectName(_ text: String) -> NamespacedName? {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.last.map(String.init) else { return nil }
        guard parts.count == 1 || parts[0] == metadata.namespace else { return nil }
        return NamespacedName(namespace: metadata.namespace, name: name).checked
    }
}

extension NamespacedName {
    /// The name; `nil` where Kubernetes allows none such.
    fileprivate var checked: NamespacedName? {
        ObjectReference(kind: ConfigMap.kind, self).map { _ in self }
    }
}
