import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Conflicts of two Ingresses that want the same.
struct ConflictTests {
    @Test(
        arguments: [
            // Name and time of two Ingresses, the winner first.
            ("shop/a", 1, "shop/b", 2), ("shop/b", 1, "shop/a", 2), ("shop/a", 1, "shop/b", nil),
            ("shop/b", nil, "shop/a", nil),
            ("shop/b", 1, "shop/a", 1), ("shop/b", 1, "blog/z", 1), ("a/c", 1, "a-b/c", 1), ("shop/b", 0, "shop/a", 1),
            ("shop/b", -5, "shop/a", 0),
        ] as [(String, Int64?, String, Int64?)]
    )
    func `the oldest wins, and of one age the last by name`(
        _ winner: String,
        _ winnerTime: Int64?,
        _ loser: String,
        _ loserTime: Int64?
    ) throws {
        let result = try translated(
            ingress(loser, at: loserTime, rule("a.example", path("/a"))),
            ingress(winner, at: winnerTime, rule("a.example", path("/a"))),
            with: try offline()
        )
        #expect(result.server("a.example")?.locations.first?.origin?.description == "Ingress \(winner)")
        let finding = try #require(result.diagnostics.first { $0.code == "path-taken" })
        #expect(finding.object?.description == "Ingress \(loser)")
        #expect(
            finding.message
                == "Ingress \(winner) already serves this path of host 'a.example'; this one gets no traffic"
        )
    }

    @Test(
        arguments: [
            ("/a", .prefix, "/a/", .prefix, true), ("/a", .prefix, "/a", .exact, false),
            ("/a/", .exact, "/a", .exact, false),
            ("/a", .prefix, "/A", .prefix, false), ("/a", .prefix, "/%61", .prefix, true),
            (nil, .prefix, "/", nil, true),
            ("", nil, "/", .prefix, true), ("/a", .implementationSpecific, "/a", .prefix, true),
            ("/\u{E9}", .exact, "/e\u{301}", .exact, false), ("/\u{E9}", .exact, "/%C3%A9", .exact, true),
        ] as [(String?, Ingress.PathType?, String?, Ingress.PathType?, Bool)]
    )
    func `paths meet where they serve the same requests`(
        _ left: String?,
        _ leftType: Ingress.PathType?,
        _ right: String?,
        _ rightType: Ingress.PathType?,
        _ isConflict: Bool
    ) throws {
        let result = try translated(
            ingress(
                rule("a.example", path(left, leftType, to: "web:80")),
                rule("A.Example", path(right, rightType, to: "api:80"))
            )
        )
        #expect(result.codes == (isConflict ? ["path-taken"] : []))
        #expect(result.configuration.upstreams.count == (isConflict ? 1 : 2))
        if isConflict {
            #expect(result.diagnostics.first?.field == "spec.rules[1].http.paths[0].path")
            #expect(result.diagnostics.first?.message.hasPrefix("an earlier rule already serves this path") == true)
        }
    }

    @Test func `each host has one default backend, the oldest`() throws {
        let result = try translated(
            ingress("shop/young", at: 2, defaultBackend: "api:80"),
            ingress("shop/old", at: 1, defaultBackend: "web:80"),
            ingress("shop/host", at: 3, defaultBackend: "other:80", rule("a.example")),
            ingress("shop/late", at: 4, defaultBackend: "api:80", rule("a.example"), rule("b.example"))
        )
        #expect(result.answer("any.example", "/x") == "shop_web_80 /x")
        #expect(result.answer("a.example", "/x") == "shop_other_80 /x")
        #expect(result.answer("b.example", "/x") == "shop_api_80 /x")
        #expect(
            result.findings == [
                "Ingress shop/late spec.defaultBackend warning default-backend-taken",
                "Ingress shop/young spec.defaultBackend warning default-backend-taken",
            ]
        )
    }

    @Test func `a path of everything goes before a default backend, whoever is older`() throws {
        let result = try translated(
            ingress("shop/old", at: 1, defaultBackend: "api:80", rule("a.example")),
            ingress("shop/young", at: 2, rule("a.example", path("/")))
        )
        #expect(result.answer("a.example", "/x") == "shop_web_80 /x")
        #expect(result.codes == [])
    }

    @Test func `a host has one app-root, the oldest`() throws {
        let result = try translated(
            ingress("shop/young", at: 2, annotations: ["app-root": "/young"], rule("a.example"), rule("b.example")),
            ingress("shop/old", at: 1, annotations: ["app-root": "/old"], rule("a.example"), rule("a.example"))
        )
        #expect(result.answer("a.example", "/") == "302 http://a.example/old")
        #expect(result.answer("b.example", "/") == "302 http://b.example/young")
        let field = "metadata.annotations[nginx.ingress.kubernetes.io/app-root]"
        #expect(result.findings == ["Ingress shop/young \(field) warning setting-taken"])
    }

    @Test func `an Ingress that loses its path leaves no upstream behind`() throws {
        let result = try translated(
            ingress("shop/old", at: 1, rule("a.example", path("/"))),
            ingress("shop/young", at: 2, rule("a.example", path("/", to: "api:80")))
        )
        #expect(result.upstreams == ["shop_web_80": ["10.0.0.1:8080"]])
    }
}
