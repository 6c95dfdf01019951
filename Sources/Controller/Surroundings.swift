import Crypto
import Diagnostics
import IngressTranslation
import KubernetesModel
import TextCoding

/// The objects that an Ingress names or is subject to, by which it may do well or ill though it has not changed itself.
struct Surroundings {
    private let secrets: [NamespacedName: Secret]
    private let services: [NamespacedName: Service]
    private let configMaps: [NamespacedName: ConfigMap]
    private let namedConfigMaps: NamedConfigMaps
    private let reach: NamespaceReach
    /// Those with the settings of all Ingresses, and of those of a class.
    private let settings: [NamespacedName]

    init(_ snapshot: ClusterSnapshot, _ settings: TranslationSettings) {
        secrets = Self.byName(snapshot.secrets)
        services = Self.byName(snapshot.services)
        let maps = Self.byName(snapshot.configMaps)
        configMaps = maps
        namedConfigMaps = NamedConfigMaps(annotationPrefix: settings.annotationPrefix)
        let ofClasses = snapshot.ingressClasses.compactMap(settings.classes.parameters)
        let global = settings.globalConfigMap.flatMap { maps[$0] }
        reach = global?.reach ?? .own
        let nested = global.map(NamedConfigMaps.named) ?? []
        self.settings = Set(ofClasses + [settings.globalConfigMap].compactMap(\.self) + nested).sorted()
    }

    private static func byName<Object: KubernetesObject>(_ objects: [Object]) -> [NamespacedName: Object] {
        Dictionary(objects.map { ($0.namespacedName, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Tells the Secrets, Services and ConfigMaps that count for an Ingress from others; keys cannot be read from it.
    func digest(of ingress: Ingress) -> String {
        var hash = SHA256()
        let namespace = ingress.metadata.namespace
        for name in Set(ingress.namedSecrets(within: reach)).sorted() {
            let secret = secrets[name]
            hash.update(secret.map { "Secret \(name) \($0.type)" } ?? "no Secret \(name)")
            hash.update((secret?.data ?? [:]).mapValues(\.bytes))
        }
        for name in ingress.serviceNames.sorted() {
            let service = services[NamespacedName(namespace: namespace, name: name)]
            hash.update(service.map { "Service \(name) \($0.text)" } ?? "no Service \(name)")
        }
        for name in settings + namedConfigMaps(of: ingress, within: reach) {
            let map = configMaps[name]
            hash.update(map == nil ? "no ConfigMap \(name)" : "ConfigMap \(name)")
            hash.update((map?.data ?? [:]).mapValues { Array($0.utf8) })
        }
        return hash.finalize().hexadecimal
    }
}

extension SHA256 {
    /// Takes in a text with its length, so that no two lists of texts are the same to it.
    fileprivate mutating func update(_ text: String) { update(Array(text.utf8)) }

    fileprivate mutating func update(_ bytes: [UInt8]) {
        update(data: Array("\(bytes.count) ".utf8))
        update(data: bytes)
    }

    fileprivate mutating func update(_ data: [String: [UInt8]]) {
        update("\(data.count)")
        for (key, value) in data.sorted(by: { $0.key < $1.key }) {
            update(key)
            update(value)
        }
    }
}

extension Ingress {
    fileprivate var serviceNames: Set<String> {
        let backends = rules.flatMap { $0.paths ?? [] }.map(\.backend) + [defaultBackend].compactMap(\.self)
        return Set(
            backends.compactMap { backend in
                if case .service(let name, _) = backend { name } else { nil }
            }
        )
    }
}

extension Service {
    /// The fields that decide how it is served, but for its endpoints: these come and go.
    fileprivate var text: String {
        let ports = ports.map { "\($0.name ?? "") \($0.port) \($0.targetPort?.text ?? "") \($0.transport)" }
        return "\(type.rawValue) \(clusterIP ?? "") \(externalName ?? "") \(ports)"
    }
}

extension Service.TargetPort {
    fileprivate var text: String {
        switch self {
        case .number(let number): "\(number)"
        case .name(let name): "'\(name)'"
        }
    }
}
