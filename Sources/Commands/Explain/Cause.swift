import Diagnostics
import IngressTranslation
import KubernetesModel

/// A thing that manifests say, without which something would be otherwise.
struct Cause: Hashable {
    enum Kind: Hashable {
        case annotation(String)
        case key(String)
        /// The hosts and certificates of an Ingress.
        case tls
        case object
    }

    var kind: Kind
    var object: ObjectReference
    var position: SourcePosition?

    /// `annotation proxy-read-timeout` of an Ingress that is named beside it, `key gzip of ConfigMap ingress/nginx`.
    var text: String {
        switch kind {
        case .annotation(let name): "annotation \(name)"
        case .key(let name): "key \(name) of \(object)"
        case .tls: "tls"
        case .object: object.description
        }
    }

    /// The same where the Ingress is not named beside it.
    var fullText: String {
        switch kind {
        case .annotation, .tls: "\(text) of \(object)"
        case .key, .object: text
        }
    }

    var place: String? { position.map { "\($0.file):\($0.line)" } }
}

/// A snapshot without one thing.
struct Variation {
    var cause: Cause
    var snapshot: ClusterSnapshot
}

extension ClusterSnapshot {
    /// The snapshot without each annotation of an Ingress that Postern reads, and without what it says of TLS, one at a
    /// time.
    func withoutSettings(of name: ObjectReference, _ settings: TranslationSettings) -> [Variation] {
        guard let index = ingresses.firstIndex(where: { $0.reference == name }) else { return [] }
        let ingress = ingresses[index]
        let prefix = settings.annotationPrefix + "/"
        var variations: [Variation] = ingress.metadata.annotations.keys.sorted().filter { $0.hasPrefix(prefix) }.map {
            key in
            var snapshot = self
            snapshot.ingresses[index].metadata.annotations[key] = nil
            let position = ingress.metadata.source?.position(of: "metadata.annotations[\(key)]")
            let cause = Cause(
                kind: .annotation(String(key.dropFirst(prefix.count))),
                object: name,
                position: position
            )
            return Variation(cause: cause, snapshot: snapshot)
        }
        if !ingress.tls.isEmpty {
            var snapshot = self
            snapshot.ingresses[index].tls = []
            let cause = Cause(kind: .tls, object: name, position: ingress.metadata.source?.position(of: "spec.tls"))
            variations.append(Variation(cause: cause, snapshot: snapshot))
        }
        return variations
    }

    /// The snapshot without each key of the ConfigMaps that settings come from, one at a time.
    ///
    /// - Parameter ofPorts: Whether those that open ports of TCP and UDP count as well.
    func withoutKeys(_ settings: TranslationSettings, ofPorts: Bool = false) -> [Variation] {
        var named = Set(
            ingressClasses.compactMap(settings.classes.parameters) + [settings.globalConfigMap].compactMap(\.self)
        )
        if ofPorts { named.formUnion(settings.portMaps) }
        return configMaps.indices.filter { named.contains(configMaps[$0].metadata.namespacedName) }.flatMap { index in
            let map = configMaps[index]
            guard let name = map.reference else { return [Variation]() }
            return map.data.keys.sorted().map { key in
                var snapshot = self
                snapshot.configMaps[index].data[key] = nil
                let position = map.metadata.source?.position(of: "data[\(key)]")
                return Variation(cause: Cause(kind: .key(key), object: name, position: position), snapshot: snapshot)
            }
        }
    }

    /// The snapshot without all that ConfigMaps say of ports of TCP and UDP.
    func withoutPorts(_ settings: TranslationSettings) -> ClusterSnapshot {
        var snapshot = self
        for index in configMaps.indices where settings.portMaps.contains(configMaps[index].metadata.namespacedName) {
            snapshot.configMaps[index].data = [:]
        }
        if let name = settings.globalConfigMap,
            let index = configMaps.firstIndex(where: { $0.metadata.namespacedName == name })
        {
            snapshot.configMaps[index].data["stream-snippet"] = nil
        }
        return snapshot
    }

    /// The snapshot without an Ingress.
    func without(_ name: ObjectReference) -> Variation? {
        guard let index = ingresses.firstIndex(where: { $0.reference == name }) else { return nil }
        var snapshot = self
        let ingress = snapshot.ingresses.remove(at: index)
        let cause = Cause(kind: .object, object: name, position: ingress.metadata.source?.position)
        return Variation(cause: cause, snapshot: snapshot)
    }
}

extension TranslationSettings {
    /// The ConfigMaps that open ports of TCP and UDP.
    fileprivate var portMaps: Set<NamespacedName> { Set([tcpServices, udpServices].compactMap(\.self)) }
}
