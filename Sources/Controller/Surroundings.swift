import Crypto
import Diagnostics
import KubernetesModel

/// What an Ingress names, by which it may do well or ill though it has not changed itself.
struct Surroundings {
    private let secrets: [NamespacedName: Secret]
    private let services: [NamespacedName: Service]

    init(_ snapshot: ClusterSnapshot) {
        secrets = Dictionary(snapshot.secrets.map { ($0.namespacedName, $0) }, uniquingKeysWith: { first, _ in first })
        services = Dictionary(
            snapshot.services.map { ($0.namespacedName, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Tells the Secrets and Services that an Ingress names from others; keys cannot be read from it.
    func digest(of ingress: Ingress) -> String {
        var hash = SHA256()
        let namespace = ingress.metadata.namespace
        for name in Set(ingress.tls.compactMap(\.secretName)).sorted() {
            let secret = secrets[NamespacedName(namespace: namespace, name: name)]
            hash.update(secret.map { "Secret \(name) \($0.type)" } ?? "no Secret \(name)")
            for (key, value) in (secret?.data ?? [:]).sorted(by: { $0.key < $1.key }) {
                hash.update(key)
                hash.update(value.bytes)
            }
        }
        for name in ingress.serviceNames.sorted() {
            let service = services[NamespacedName(namespace: namespace, name: name)]
            hash.update(service.map { "Service \(name) \($0.text)" } ?? "no Service \(name)")
        }
        return hash.finalize().map { String(Int($0) + 0x100, radix: 16).dropFirst() }.joined()
    }
}

extension SHA256 {
    /// Takes in a text with its length, so that no two lists of texts are the same to it.
    fileprivate mutating func update(_ text: String) { update(Array(text.utf8)) }

    fileprivate mutating func update(_ bytes: [UInt8]) {
        update(data: Array("\(bytes.count) ".utf8))
        update(data: bytes)
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
    /// What decides how it is served, but for its endpoints: these come and go.
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
