import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Which Ingresses are ours.
struct ClassTests {
    /// The input that decides about an Ingress, and the expected decision.
    struct Case: Sendable, CustomTestStringConvertible {
        var field: String?
        var annotation: String?
        var classes: [IngressClass] = [ingressClass("nginx"), ingressClass("other", controller: "x.example/y")]
        var isOffline = false
        var byName = false
        var withoutClass = true
        var isTaken: Bool
        var finding: String?

        var testDescription: String { "\(field ?? "-") \(annotation ?? "-") \(isOffline) \(byName) \(withoutClass)" }
    }

    static let defaultOfOthers = [ingressClass("other", controller: "x.example/y", isDefault: true)]
    static let ourDefault = [ingressClass("edge", isDefault: true)]

    @Test(arguments: [
        Case(field: "nginx", isTaken: true),
        Case(field: "other", isTaken: false),
        Case(field: "gone", isTaken: false, finding: "note class-not-found"),
        Case(field: "ngnix", isTaken: false, finding: "warning class-not-found"),
        Case(field: "nginx", classes: [], isTaken: false, finding: "warning class-not-found"),
        Case(field: "gone", isOffline: true, isTaken: false, finding: "note class-not-found"),
        // Only where nothing in the input is ours may a class that it lacks be.
        Case(field: "gone", classes: [], isOffline: true, isTaken: true, finding: "note class-assumed"),
        Case(field: "gone", classes: defaultOfOthers, isOffline: true, isTaken: true, finding: "note class-assumed"),
        Case(field: "traefik", classes: [], isOffline: true, isTaken: false, finding: "note class-not-found"),
        Case(field: "other", isOffline: true, isTaken: false),
        // The field decides alone, even where the annotation says otherwise.
        Case(field: "other", annotation: "nginx", isTaken: false),
        Case(field: "nginx", annotation: "other", isTaken: true),
        Case(annotation: "nginx", isTaken: true),
        Case(annotation: "other", isTaken: false),
        Case(annotation: "", isTaken: false),
        Case(annotation: "Nginx", isTaken: false),
        Case(annotation: "nginx", classes: [], isTaken: true),
        Case(annotation: "nginx", withoutClass: false, isTaken: true),
        // By name only the name counts.
        Case(field: "nginx", classes: [], byName: true, isTaken: true),
        Case(field: "nginx", classes: [ingressClass("nginx", controller: "x")], byName: true, isTaken: true),
        Case(field: "edge", classes: [ingressClass("edge")], byName: true, isTaken: false),
        Case(isTaken: true),
        Case(withoutClass: false, isTaken: false, finding: "note class-missing"),
        Case(isOffline: true, isTaken: true, finding: "note class-missing"),
        Case(isOffline: true, withoutClass: false, isTaken: false, finding: "note class-missing"),
        // Manifests have not met the API server that fills in the default class.
        Case(classes: ourDefault, isOffline: true, isTaken: true),
        Case(classes: defaultOfOthers, isOffline: true, isTaken: false),
        Case(classes: defaultOfOthers, isTaken: true),
        Case(classes: ourDefault, isOffline: true, byName: true, isTaken: false),
        Case(classes: ourDefault, isOffline: true, withoutClass: false, isTaken: true),
    ])
    func `the field decides, then the annotation, then the default class`(_ example: Case) throws {
        var web = ingress(rule("a.example", path("/")))
        web.ingressClassName = example.field
        web.metadata.annotations["kubernetes.io/ingress.class"] = example.annotation
        let snapshot = snapshot(
            [web],
            classes: example.classes,
            services: [service()],
            slices: [slice("shop/web", ["10.0.0.1"])]
        )
        let result = translate(
            snapshot,
            with: try settings {
                $0.assumesMissingObjects = example.isOffline
                $0.readsManifests = example.isOffline
                $0.classes.selectsByName = example.byName
                $0.classes.takesIngressWithoutClass = example.withoutClass
            }
        )
        #expect((result.server("a.example") != nil) == example.isTaken)
        #expect(
            result.findings
                == (example.finding.map { ["Ingress shop/web spec.ingressClassName \($0)"] } ?? [])
        )
    }

    @Test(arguments: [("nginx", true), ("traefik", false)])
    func `a folder that serves needs no object for the class of the usual name`(_ name: String, _ isTaken: Bool) throws
    {
        var web = ingress(rule("a.example", path("/")))
        web.ingressClassName = name
        let result = translate(snapshot([web]), with: try settings { $0.readsManifests = true })
        #expect((result.server("a.example") != nil) == isTaken)
        #expect(result.codes.contains("class-not-found") == !isTaken)
    }

    @Test func `a class that the input lacks is not ours beside one that is`() throws {
        var (ours, others) = (ingress(rule("a.example", path("/"))), ingress(rule("a.example", path("/"))))
        ours.ingressClassName = "nginx"
        others.ingressClassName = "inner"
        others.metadata.name = "zebra"
        let result = translate(snapshot([ours, others]), with: try offline())
        #expect(result.server("a.example")?.origin == ours.reference)
        #expect(Set(result.codes) == ["class-not-found", "service-assumed"])
        ours.ingressClassName = nil
        ours.metadata.annotations["kubernetes.io/ingress.class"] = "nginx"
        #expect(translate(snapshot([ours, others]), with: try offline()).codes.contains("class-not-found"))
    }

    @Test func `each Ingress that is none of ours has a reason, which is no finding where it is another's`() throws {
        var (byClass, byAnnotation, missing) = (ingress(), ingress(), ingress())
        (byClass.metadata.name, byAnnotation.metadata.name, missing.metadata.name) = ("a", "b", "c")
        byClass.ingressClassName = "other"
        byAnnotation.ingressClassName = nil
        byAnnotation.metadata.annotations["kubernetes.io/ingress.class"] = "alb"
        missing.ingressClassName = "gone"
        let classes = [ingressClass("nginx"), ingressClass("other", controller: "x.example/y")]
        let result = translate(snapshot([byClass, byAnnotation, missing], classes: classes), with: try settings())
        #expect(result.leftOut.map(\.code) == ["class-of-others", "class-of-others", "class-not-found"])
        #expect(
            result.leftOut.first?.message
                == "IngressClass 'other' is of the controller 'x.example/y', and ours are those of "
                + "'k8s.io/ingress-nginx' and 'postern.dev/ingress-controller'; the Ingress is left out"
        )
        #expect(result.findings == ["Ingress shop/c spec.ingressClassName note class-not-found"])
    }

    @Test func `a reason goes with the Ingress, and with its class`() throws {
        var web = ingress(rule("a.example", path("/")))
        web.ingressClassName = "other"
        var cache = TranslationCache()
        let others = [ingressClass("other", controller: "x.example/y")]
        let before = translate(snapshot([web], classes: others), with: try settings(), cache: &cache)
        #expect(before.leftOut.count == 1)
        #expect(translate(snapshot([], classes: others), with: try settings(), cache: &cache).leftOut == [])
        let ours = translate(snapshot([web], classes: [ingressClass("other")]), with: try settings(), cache: &cache)
        #expect(ours.leftOut == [])
    }

    @Test func `where the input has no class whatever, a hint says how to get them`() throws {
        var web = ingress(rule("a.example", path("/")))
        web.ingressClassName = "nginx"
        let bare = translate(snapshot([web], classes: []), with: try settings())
        #expect(bare.diagnostics.first?.hint?.contains("add ingressclass to what kubectl gets") == true)
        let classes = [ingressClass("nginy")]
        let named = translate(snapshot([web], classes: classes), with: try settings())
        #expect(named.diagnostics.first?.hint == "did you mean 'nginy'?")
    }

    @Test func `of two default classes the first by name counts`() throws {
        var web = ingress(rule("a.example", path("/")))
        web.ingressClassName = nil
        for (name, isTaken) in [("a", true), ("z", false)] {
            let classes = [ingressClass(name, isDefault: true), ingressClass("m", controller: "x", isDefault: true)]
            let result = translate(snapshot([web], classes: classes), with: try offline())
            #expect((result.server("a.example") != nil) == isTaken)
        }
    }

    @Test(arguments: [
        (ingress(rule(nil, path("/"))), false), (ingress(rule("", path("/"))), false),
        (ingress(defaultBackend: "web:80"), false), (ingress(rule("a.example", path("/"))), true),
        (ingress(rule("a.example"), rule(nil)), false), (ingress(defaultBackend: "web:80", rule("a.example")), true),
        (ingress(rule("*.example", path("/"))), true),
    ])
    func `an Ingress for every host is left out where that is forbidden`(_ web: Ingress, _ isTaken: Bool) throws {
        let result = try translated(web, with: settings { $0.disablesCatchAll = true })
        #expect(result.codes == (isTaken ? [] : ["catch-all-disabled"]))
        #expect((result.configuration.servers.count > 1) == isTaken)
    }
}
