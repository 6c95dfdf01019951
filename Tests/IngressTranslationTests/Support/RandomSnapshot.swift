import Diagnostics
import IngressTranslation
import KubernetesModel
import TestSupport

/// Objects that meet each other often, with as many hostile texts among them as wanted.
struct RandomSnapshot {
    private var random: SeededRandom
    /// How often, in percent, a text is a hostile one.
    private let hostility: Int

    init(seed: UInt64, hostility: Int) {
        random = SeededRandom(seed: seed)
        self.hostility = hostility
    }

    mutating func snapshot(secrets: [Secret] = []) -> ClusterSnapshot {
        var snapshot = ClusterSnapshot()
        snapshot.ingresses = distinct(Int.random(in: 0...14, using: &random)) { $0.ingress() }
        snapshot.ingressClasses = distinct(3) { $0.ingressClass() }
        snapshot.configMaps = distinct(2) { $0.configMap() }
        snapshot.services = distinct(6) { $0.service() }
        snapshot.endpointSlices = distinct(6) { $0.slice() }
        snapshot.secrets = distinct(4) { generator in
            var secret = generator.pick(secrets + [Secret(metadata: generator.metadata(), data: generator.data())])
            secret.metadata = generator.metadata()
            return secret
        }
        return snapshot
    }

    /// The snapshot after some of its objects have changed, come, gone or moved.
    mutating func changed(_ snapshot: ClusterSnapshot, secrets: [Secret] = []) -> ClusterSnapshot {
        var result = snapshot
        let other = self.snapshot(secrets: secrets)
        change(&result.ingresses, from: other.ingresses)
        if chance(40) { change(&result.services, from: other.services) }
        if chance(40) { change(&result.endpointSlices, from: other.endpointSlices) }
        if chance(30) { change(&result.secrets, from: other.secrets) }
        if chance(5) { change(&result.ingressClasses, from: other.ingressClasses) }
        if chance(25) { change(&result.configMaps, from: other.configMaps) }
        return chance(10) ? shuffled(result) : result
    }

    private mutating func change<Object: KubernetesObject>(_ objects: inout [Object], from others: [Object]) {
        if chance(20), let index = objects.indices.randomElement(using: &random) { objects.remove(at: index) }
        for other in others.prefix(Int.random(in: 0...3, using: &random)) {
            if let index = objects.firstIndex(where: { $0.namespacedName == other.namespacedName }) {
                objects[index] = other
            } else {
                objects.insert(other, at: Int.random(in: 0...objects.count, using: &random))
            }
        }
    }

    mutating func shuffled(_ snapshot: ClusterSnapshot) -> ClusterSnapshot {
        var copy = snapshot
        copy.ingresses.shuffle(using: &random)
        copy.ingressClasses.shuffle(using: &random)
        copy.configMaps.shuffle(using: &random)
        copy.services.shuffle(using: &random)
        copy.endpointSlices.shuffle(using: &random)
        copy.secrets.shuffle(using: &random)
        return copy
    }

    /// Objects of different names, as every cluster has them.
    private mutating func distinct<Object: KubernetesObject>(
        _ count: Int,
        _ make: (inout Self) -> Object
    ) -> [Object] {
        var objects: [NamespacedName: Object] = [:]
        for _ in 0..<count {
            let object = make(&self)
            objects[object.namespacedName] = object
        }
        // Not in the order of a dictionary, which is another on each run.
        return objects.values.sorted { $0.namespacedName < $1.namespacedName }
    }

    private mutating func ingress() -> Ingress {
        var metadata = metadata()
        metadata.creationTimestamp = pick([nil, 1, 1, 2, .min, .max])
        for _ in 0..<pick([0, 1, 1, 2, 5]) {
            let (name, value) = chance(60) ? setting(in: Self.annotations) : oldSetting()
            metadata.annotations["nginx.ingress.kubernetes.io/\(name)"] = value
        }
        if chance(20) { metadata.annotations["kubernetes.io/ingress.class"] = text(among: ["nginx", "other", ""]) }
        return Ingress(
            metadata: metadata,
            ingressClassName: chance(70) ? text(among: ["nginx", "nginx", "other", "gone"]) : nil,
            defaultBackend: chance(20) ? backend() : nil,
            tls: (0..<pick([0, 0, 1, 2])).map { _ in tls() },
            rules: (0..<pick([0, 1, 1, 2, 3])).map { _ in rule() }
        )
    }

    private static let annotations = SettingTable.all.filter(\.places.isAnnotation)
    private static let keys = SettingTable.all.filter(\.places.isGlobalKey)

    /// Any setting, with a value that it takes, or that another one does.
    private mutating func setting(in settings: [Setting]) -> (name: String, value: String) {
        let setting = pick(settings)
        let name = pick([setting.name] + setting.places.aliases)
        let harmless = chance(90) && !setting.examples.isEmpty ? setting.examples : pick(settings).examples
        return (name, text(among: harmless + ["", "true"]))
    }

    /// Those that decide about paths and hosts meet more often than chance would have it.
    private mutating func oldSetting() -> (name: String, value: String) {
        let name = pick([
            "rewrite-target", "use-regex", "ssl-redirect", "force-ssl-redirect", "app-root", "canary", "auth-url",
            "proxy-body-size", "rewrite-taget", "server-snippet", "whitelist-source-range", hostile(),
        ])
        let value = text(among: [
            "true", "false", "", "/", "/$1", "/$2/x", "maybe", "/app", "https://x.example/$1", "deny all;",
            "0.0.0.0/0",
            "/x$is_args$args",
        ])
        return (name, value)
    }

    private mutating func tls() -> Ingress.TLS {
        Ingress.TLS(
            hosts: (0..<pick([0, 1, 2])).map { _ in host() },
            secretName: chance(80) ? text(among: ["a", "b", "gone"]) : nil
        )
    }

    private mutating func rule() -> Ingress.Rule {
        Ingress.Rule(
            host: chance(80) ? host() : nil,
            paths: chance(90) ? (0..<pick([0, 1, 2, 3])).map { _ in path() } : nil
        )
    }

    private mutating func host() -> String {
        text(among: ["a.example", "A.example", "b.a.example", "*.a.example", "*.example", "", "10.0.0.1", "a..b", "*"])
    }

    private mutating func path() -> Ingress.Path {
        Ingress.Path(
            path: chance(90)
                ? text(among: [
                    "/", "", "/a", "/a/", "/a/b", "/a(.*)", "/a|/b", "/(?<host>a)", "(", ".", "/é", "/e\u{301}", "/%41",
                    "/%", "/%+1", "//", "/a/../b", "a", "/.well-known/acme-challenge/x", "/healthz",
                ]) : nil,
            pathType: pick([.exact, .prefix, .implementationSpecific, nil]),
            backend: backend()
        )
    }

    private mutating func backend() -> Ingress.Backend {
        guard chance(90) else { return .resource(apiGroup: hostile(), kind: hostile(), name: hostile()) }
        let port: Ingress.ServicePort = chance(70) ? .number(portNumber()) : .name(text(among: ["http", "web", ""]))
        return .service(name: text(among: ["a", "b", "gone"]), port: port)
    }

    private mutating func ingressClass() -> IngressClass {
        var metadata = ObjectMetadata(name: text(among: ["nginx", "other"]))
        if chance(30) { metadata.annotations[IngressClass.isDefaultAnnotation] = text(among: ["true", "false"]) }
        return IngressClass(
            metadata: metadata,
            controller: text(among: ["k8s.io/ingress-nginx", "x.example/y"]),
            parameters: chance(50)
                ? IngressClass.Parameters(
                    apiGroup: text(among: ["", "", "x.example"]),
                    kind: text(among: ["ConfigMap", "ConfigMap", "Settings"]),
                    name: text(among: ["a", "b"]),
                    namespace: pick([nil, "shop", "blog"])
                ) : nil
        )
    }

    private mutating func configMap() -> ConfigMap {
        var data: [String: String] = [:]
        for _ in 0..<pick([0, 1, 3]) {
            let (key, value) = setting(in: Self.keys)
            data[chance(hostility) ? hostile() : key] = value
        }
        let name = ObjectMetadata(name: pick(["a", "b"]), namespace: pick(["shop", "blog", "default"]))
        return ConfigMap(metadata: name, data: data)
    }

    private mutating func service() -> Service {
        Service(
            metadata: metadata(),
            type: pick(Service.ServiceType.allCases),
            clusterIP: chance(50) ? text(among: ["10.96.0.1", "None"]) : nil,
            externalName: chance(50)
                ? text(among: ["api.example", "10.0.0.1", "127.0.0.1", "localhost", "a.b."]) : nil,
            ports: (0..<pick([0, 1, 2])).map { _ in
                Service.Port(
                    name: chance(50) ? text(among: ["http", "web"]) : nil,
                    port: portNumber(),
                    targetPort: pick([nil, .number(portNumber()), .name(text(among: ["http", "web"]))]),
                    transport: text(among: ["TCP", "TCP", "UDP"])
                )
            }
        )
    }

    private mutating func slice() -> EndpointSlice {
        EndpointSlice(
            metadata: metadata(),
            serviceName: text(among: ["a", "b"]),
            origin: pick([.endpointSlice, .endpoints]),
            addressType: pick(EndpointSlice.AddressType.allCases),
            endpoints: (0..<pick([0, 1, 3])).map { _ in
                EndpointSlice.Endpoint(
                    addresses: [text(among: ["10.0.0.1", "10.0.0.2", "fd00::1", "::", "127.0.0.1", "10.0.0.256", ""])],
                    isReady: pick([true, false, nil])
                )
            },
            ports: (0..<pick([0, 1, 2])).map { _ in
                EndpointSlice.Port(
                    name: chance(50) ? text(among: ["http", "web", ""]) : nil,
                    port: chance(80) ? portNumber() : nil,
                    transport: text(among: ["TCP", "UDP"])
                )
            }
        )
    }

    private mutating func metadata() -> ObjectMetadata {
        ObjectMetadata(
            name: text(among: ["a", "b", "c", "a.b", "a-b"]),
            namespace: text(among: ["shop", "blog", "shop-2"])
        )
    }

    private mutating func data() -> [String: SecretBytes] {
        ["tls.crt": SecretBytes(Array(hostile().utf8)), "tls.key": SecretBytes(Array(hostile().utf8))]
    }

    private mutating func portNumber() -> Int {
        pick(chance(hostility) ? [0, -1, 65_536, .max, .min] : [80, 80, 8080, 443])
    }

    private mutating func text(among harmless: [String]) -> String {
        chance(hostility) ? hostile() : pick(harmless)
    }

    private mutating func hostile() -> String {
        let longest = String(repeating: "a", count: 10_000)
        let more =
            HostileText.refused + [
                longest, "/" + longest, "../../etc/passwd", "a_b", "A", "..", ".", "a/b", "\u{212A}", "/\u{301}", "$①",
                "/$①",
            ]
        return pick(chance(50) ? HostileText.all : more)
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &random)]
    }
}
