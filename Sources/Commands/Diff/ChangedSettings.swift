import Diagnostics
import IngressTranslation
import KubernetesModel
import ProxyConfiguration

/// The annotations, hosts of TLS and keys of ConfigMaps that two snapshots have otherwise.
struct ChangedSettings {
    /// One of them, and the objects that have it otherwise: Ingresses, or ConfigMaps.
    struct Setting: Hashable {
        var kind: Cause.Kind
        var objects: Set<ObjectReference>

        /// The setting as it is named beside a route, or beside all hosts; `nil` where it is none of theirs.
        ///
        /// - Parameters:
        ///   - users: The Ingresses that have a part in the route.
        ///   - ingress: The one that is named there already.
        func text(for users: Set<ObjectReference>, beside ingress: ObjectReference?) -> String? {
            let ingresses = objects.intersection(users)
            if let ingress, ingresses.contains(ingress) { return Cause(kind: kind, object: ingress).text }
            return (isKey ? objects : ingresses).min().map { Cause(kind: kind, object: $0).fullText }
        }

        fileprivate var order: String { text(for: objects, beside: nil) ?? "" }

        private var isKey: Bool { if case .key = kind { true } else { false } }
    }

    let settings: [Setting]
    private let before: ClusterSnapshot
    private let after: ClusterSnapshot
    private let rules: TranslationSettings

    /// - Parameter rules: Say which annotations, and which ConfigMaps, settings come from.
    init(from before: ClusterSnapshot, to after: ClusterSnapshot, _ rules: TranslationSettings) {
        (self.before, self.after, self.rules) = (before, after, rules)
        var objects: [Cause.Kind: Set<ObjectReference>] = [:]
        let prefix = rules.annotationPrefix + "/"
        let earlier = before.ingressesByName
        for ingress in after.ingresses {
            guard let name = ingress.reference, let old = earlier[name] else { continue }
            for key in old.metadata.annotations.differingKeys(from: ingress.metadata.annotations)
            where key.hasPrefix(prefix) {
                objects[.annotation(String(key.dropFirst(prefix.count))), default: []].insert(name)
            }
            if old.tls != ingress.tls { objects[.tls, default: []].insert(name) }
        }
        for name in before.changedSettings(to: after, rules) {
            for key in before.data(of: name).differingKeys(from: after.data(of: name)) {
                objects[.key(key), default: []].insert(name)
            }
        }
        settings = objects.map { Setting(kind: $0.key, objects: $0.value) }.sorted { left, right in
            left.order < right.order
        }
    }

    /// Hands out each setting with the routes as they would be if it alone were as it was.
    ///
    /// All objects that have it otherwise are set back at once, so that one setting of many costs no more than of one.
    func forEachSetBack(_ body: (Setting, RouteTable) -> Void) {
        var cache = TranslationCache()
        for setting in settings {
            let snapshot = setBack(setting)
            body(setting, RouteTable(translate(snapshot, with: rules, cache: &cache), snapshot))
        }
    }

    private func setBack(_ setting: Setting) -> ClusterSnapshot {
        var snapshot = after
        let earlier = before.ingressesByName
        for index in snapshot.ingresses.indices {
            guard let name = snapshot.ingresses[index].reference, setting.objects.contains(name) else { continue }
            switch setting.kind {
            case .annotation(let key):
                let key = "\(rules.annotationPrefix)/\(key)"
                snapshot.ingresses[index].metadata.annotations[key] = earlier[name]?.metadata.annotations[key]
            case .tls: snapshot.ingresses[index].tls = earlier[name]?.tls ?? []
            case .key, .object: continue
            }
        }
        guard case .key(let key) = setting.kind else { return snapshot }
        for index in snapshot.configMaps.indices {
            guard let name = snapshot.configMaps[index].reference, setting.objects.contains(name) else { continue }
            snapshot.configMaps[index].data[key] = before.data(of: name)[key]
        }
        return snapshot
    }
}

extension ClusterSnapshot {
    fileprivate var ingressesByName: [ObjectReference: Ingress] {
        Dictionary(ingresses.compactMap { ingress in ingress.reference.map { ($0, ingress) } }) { first, _ in first }
    }

    fileprivate func data(of map: ObjectReference) -> [String: String] {
        configMaps.first { $0.reference == map }?.data ?? [:]
    }
}

extension [String: String] {
    /// The keys whose values are not the same, or that one of both lacks.
    fileprivate func differingKeys(from other: [String: String]) -> Set<String> {
        Set(keys).union(other.keys).filter { self[$0] != other[$0] }
    }
}
