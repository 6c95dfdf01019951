import Diagnostics
import IngressTranslation
import KubernetesModel
import Testing

/// The effect of a class's ConfigMap on its Ingresses.
struct ParametersTests {
    private static func settingsMap(_ data: [String: String], in namespace: String = "default") -> ConfigMap {
        var metadata = metadata("settings")
        metadata.namespace = namespace
        return ConfigMap(metadata: metadata, data: data)
    }

    private static func edge(in namespace: String? = nil, isDefault: Bool = false) -> IngressClass {
        var edge = ingressClass("nginx", isDefault: isDefault)
        edge.parameters = IngressClass.Parameters(kind: "ConfigMap", name: "settings", namespace: namespace)
        return edge
    }

    private static func cluster(_ web: Ingress, _ classes: [IngressClass], _ maps: ConfigMap...) -> ClusterSnapshot {
        var result = snapshot([web], classes: classes, services: [service()], slices: [slice("shop/web", ["10.0.0.1"])])
        result.configMaps = maps
        return result
    }

    private static func web(class name: String?, annotation: String? = nil) -> Ingress {
        var web = ingress(rule("a.example", path("/")))
        web.ingressClassName = name
        web.metadata.annotations["kubernetes.io/ingress.class"] = annotation
        return web
    }

    private static let forced = settingsMap(["force-ssl-redirect": "true"])

    @Test(arguments: [
        (web(class: "nginx"), true), (web(class: nil, annotation: "nginx"), true), (web(class: nil), false),
        (web(class: "plain"), false),
    ])
    func `count for Ingresses of the class, however they name it`(_ web: Ingress, _ isForced: Bool) throws {
        let snapshot = Self.cluster(web, [Self.edge(), ingressClass("plain")], Self.forced)
        let answer = translate(snapshot, with: try settings()).answer("a.example", "/a")
        #expect(answer == (isForced ? "308 https://a.example/a" : "shop_web_80 /a"))
    }

    @Test func `count for Ingresses without a class where the class is the default of manifests`() throws {
        let snapshot = Self.cluster(Self.web(class: nil), [Self.edge(isDefault: true)], Self.forced)
        #expect(translate(snapshot, with: try offline()).answer("a.example", "/a") == "308 https://a.example/a")
    }

    @Test(arguments: [(nil, "default"), (nil, "ingress"), ("shop", "ingress")] as [(String?, String)])
    func `are in the namespace that the class names, or else in the controller's`(
        _ named: String?,
        _ own: String
    ) throws {
        let snapshot = Self.cluster(
            Self.web(class: "nginx"),
            [Self.edge(in: named)],
            Self.settingsMap(["force-ssl-redirect": "true", "http-redirect-code": "302"], in: named ?? own),
            Self.settingsMap(["http-redirect-code": "307"], in: "elsewhere")
        )
        let result = translate(snapshot, with: try settings { $0.classes.controllerNamespace = own })
        #expect(result.answer("a.example", "/") == "302 https://a.example")
        #expect(result.codes == [])
    }

    @Test func `of a class that is another's count for nobody, and nothing is said of them`() throws {
        var other = ingressClass("other", controller: "x.example/y")
        other.parameters = IngressClass.Parameters(kind: "ConfigMap", name: "settings")
        let map = Self.settingsMap(["block-cidrs": "10.0.0.0/8", "nonsense": "1"])
        let result = translate(
            Self.cluster(Self.web(class: "nginx"), [ingressClass("nginx"), other], map),
            with: try settings()
        )
        #expect(result.answer("a.example", "/") == "shop_web_80 /")
        #expect(result.codes == [])
    }

    @Test(arguments: [
        ("/a", "/a/x", false), (" /b , ,/a ", "/a/x", false), ("/b", "/a/x", true), ("", "/a/x", true),
        ("/", "/a/x", false),
    ])
    func `name the beginnings of paths that are not redirected`(
        _ list: String,
        _ target: String,
        _ isRedirected: Bool
    ) throws {
        var web = ingress(rule("a.example", path("/a")))
        web.ingressClassName = "nginx"
        let map = Self.settingsMap(["force-ssl-redirect": "true", "no-tls-redirect-locations": list])
        let answer = translate(Self.cluster(web, [Self.edge()], map), with: try settings()).answer("a.example", target)
        #expect(answer == (isRedirected ? "308 https://a.example\(target)" : "shop_web_80 \(target)"))
    }

    @Test(arguments: [("true", true), ("On", true), ("", true), (" ", true), ("false", false), ("0", false)])
    func `deny access where they guard it by what is not read`(_ value: String, _ isDenied: Bool) throws {
        let map = Self.settingsMap(["enable-modsecurity": value])
        let result = translate(Self.cluster(Self.web(class: "nginx"), [Self.edge()], map), with: try settings())
        #expect(result.answer("a.example", "/") == (isDenied ? "503" : "shop_web_80 /"))
        #expect(
            result.findings
                == (isDenied
                    ? [
                        "ConfigMap default/settings data[enable-modsecurity] error class-parameter-not-honoured",
                        "Ingress shop/web spec.ingressClassName error class-not-honoured",
                    ] : [])
        )
    }

    @Test func `are said of once where classes share them`() throws {
        var second = Self.edge()
        second.metadata.name = "second"
        let result = translate(
            Self.cluster(Self.web(class: "nginx"), [Self.edge(), second], Self.settingsMap(["hsts-max-age": "1y"])),
            with: try settings()
        )
        #expect(result.codes == ["class-parameter-invalid"])
    }

    @Test func `count anew when they change, with all that was known before`() throws {
        var cache = TranslationCache()
        let settings = try settings()
        for code in ["301", "302", "307"] {
            let map = Self.settingsMap(["force-ssl-redirect": "true", "http-redirect-code": code])
            let snapshot = Self.cluster(Self.web(class: "nginx"), [Self.edge()], map)
            let answer = translate(snapshot, with: settings, cache: &cache).answer("a.example", "/a")
            #expect(answer == "\(code) https://a.example/a")
        }
    }
}
