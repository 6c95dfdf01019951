import Diagnostics
import KubernetesModel
import Testing

@testable import IngressTranslation

/// The changes for which an Ingress is read anew.
struct DependencyTests {
    private static let web = NamespacedName(namespace: "shop", name: "web")

    private static func routes(_ ingresses: [Ingress]) throws -> [IngressRoutes] {
        let settings = try settings()
        var backends = BackendTable(settings)
        let selection = ClassSelection(IngressClasses(snapshot(ingresses), settings), settings)
        var certificates = CertificateStore(settings, knowing: CertificateChecks())
        return ingresses.map {
            IngressRoutes($0, of: selection, ConfigMapTable(settings), &certificates, &backends)
        }
    }

    private static func names(_ index: DependencyIndex, _ dependencies: Dependency...) -> [String] {
        index.dependents(on: dependencies).map(\.ingress.metadata.name).sorted()
    }

    @Test func `all Ingresses that depend on an object are found until they are removed`() throws {
        let hosts = [tls("a.example", secret: "tls")]
        let routes = try Self.routes([
            ingress("shop/a", tls: hosts, rule("a.example", path("/"), path("/api", to: "api:80"))),
            ingress("shop/b", rule("b.example", path("/"))),
            ingress("shop/c", rule("c.example", path("/"), path("/again"))),
        ])
        var index = DependencyIndex()
        for routes in routes { index.add(routes) }
        let web = Dependency.backend(ServiceReference(service: Self.web, port: .number(80)))
        let api = Dependency.backend(
            ServiceReference(service: NamespacedName(namespace: "shop", name: "api"), port: .number(80))
        )
        let certificate = Dependency.certificate(NamespacedName(namespace: "shop", name: "tls"))
        #expect(Self.names(index, web) == ["a", "b", "c"])
        #expect(Self.names(index, api, certificate) == ["a", "a"])
        #expect(Self.names(index, .configMap(Self.web)) == [])
        index.remove(routes[1])
        #expect(Self.names(index, web) == ["a", "c"])
        index.remove(routes[0])
        #expect(Self.names(index, web) == ["c"])
        #expect(Self.names(index, api, certificate) == [])
        index.remove(routes[2])
        #expect(Self.names(index, web) == [])
    }

    @Test func `an Ingress of another controller depends on nothing`() throws {
        var other = ingress("shop/a", tls: [tls("a.example", secret: "tls")], rule("a.example", path("/")))
        other.ingressClassName = "other"
        #expect(try Self.routes([other]).flatMap(\.dependencies) == [])
    }

    @Test(
        arguments: [
            (true, false, .assumed), (false, false, .missing), (false, true, .unreadable), (true, true, .unreadable),
        ] as [(Bool, Bool, ObjectAbsence)]
    )
    func `a ConfigMap that is not there is missing, unreadable or assumed, and is waited for`(
        _ assumes: Bool,
        _ isRefused: Bool,
        _ absence: ObjectAbsence
    ) throws {
        var table = ConfigMapTable(try settings { $0.assumesMissingObjects = assumes })
        let refused: Set<NamespacedName> = isRefused ? [Self.web] : []
        #expect(table.apply(ObjectChanges(from: [], to: []), refused: refused) == refused)
        var reading = IngressReading(ingress(), table)
        #expect(throws: absence) { try reading.configMap(Self.web) }
        #expect(reading.configMaps == [Self.web])
    }

    @Test func `a ConfigMap is told as changed when it comes, changes and goes`() throws {
        var table = ConfigMapTable(try settings())
        let map = ConfigMap(metadata: metadata("shop/web"), data: ["a": "1"])
        let other = ConfigMap(metadata: metadata("shop/web"), data: ["a": "2"])
        for (old, new) in [([], [map]), ([map], [other])] {
            #expect(table.apply(ObjectChanges(from: old, to: new), refused: []) == [Self.web])
            #expect(try table.configMap(Self.web) == new[0])
        }
        #expect(table.apply(ObjectChanges(from: [other], to: [other]), refused: []) == [])
        #expect(table.apply(ObjectChanges(from: [other], to: []), refused: []) == [Self.web])
        #expect(throws: ObjectAbsence.missing) { try table.configMap(Self.web) }
    }

    @Test(
        arguments: [
            ("headers", "shop/headers"), ("shop/headers", "shop/headers"), ("a.b-c", "shop/a.b-c"),
            ("other/headers", nil), ("", nil), ("shop/", nil), ("/headers", nil), ("a b", nil),
            ("a,metadata.name=b", nil),
            ("shop/a/b", nil), ("..%2Fsecrets", nil), ("a\nb", nil), ("ü", nil),
        ] as [(String, String?)]
    )
    func `an Ingress names ConfigMaps of its own namespace alone, by names that Kubernetes allows`(
        _ value: String,
        _ name: String?
    ) {
        let names = NamedConfigMaps(annotationPrefix: "a.example")
        let web = ingress()
        var named = web
        named.metadata.annotations = ["a.example/auth-proxy-set-headers": value]
        #expect(names(of: named, within: .own).map(\.description) == [name].compactMap(\.self))
        named.metadata.annotations = ["nginx.ingress.kubernetes.io/auth-proxy-set-headers": value]
        #expect(names(of: named, within: .own) == [])
        #expect(names(of: web, within: .own) == [])
    }
}

/// The ConfigMap that holds for all Ingresses.
struct MissingConfigMapTests {
    private static let name = NamespacedName(namespace: "ingress", name: "settings")

    private static func findings(_ maps: [ConfigMap], _ settings: TranslationSettings) -> [String] {
        var snapshot = snapshot([ingress(rule("a.example", path("/")))], services: [service()])
        snapshot.endpointSlices = [slice("shop/web", ["10.0.0.1"])]
        snapshot.configMaps = maps
        return translate(snapshot, with: settings).diagnostics.map { "\($0.severity) \($0.code)" }
    }

    @Test func `is missed where it is named and not there`() throws {
        let map = ConfigMap(metadata: metadata("ingress/settings"))
        let other = ConfigMap(metadata: metadata("ingress/other"))
        let cluster = try settings { $0.globalConfigMap = Self.name }
        #expect(Self.findings([map], cluster) == [])
        #expect(Self.findings([other], cluster) == ["error global-configmap-not-found"])
        let repository = try offline()
        #expect(Self.findings([], repository) == [])
        var named = repository
        named.globalConfigMap = Self.name
        #expect(Self.findings([], named) == ["note global-configmap-assumed"])
        #expect(Self.findings([map], named) == [])
    }

    @Test func `is missed from when it goes until it comes again`() throws {
        var cache = TranslationCache()
        let settings = try settings { $0.globalConfigMap = Self.name }
        for isThere in [true, false, true] {
            var snapshot = snapshot([])
            if isThere { snapshot.configMaps = [ConfigMap(metadata: metadata("ingress/settings"))] }
            let codes = translate(snapshot, with: settings, cache: &cache).diagnostics.map(\.code)
            #expect(codes == (isThere ? [] : ["global-configmap-not-found"]))
        }
    }
}
