import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Which Ingresses are ours.
struct ClassTests {
    /// What decides about an Ingress, and what comes of it.
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
        Case(field: "gone", isTaken: false, finding: "warning class-not-found"),
        Case(field: "gone", isOffline: true, isTaken: true, finding: "note class-assumed"),
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
