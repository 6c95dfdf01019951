import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Who answers in place of errors, and of backends without an endpoint.
struct ErrorTests {
    /// The translation of an Ingress beside Services `web` with endpoints, `idle` without, and `errors`.
    private func result(
        _ annotations: [String: String],
        global: [String: String] = [:],
        errorsAreReady: Bool = true,
        defaultBackend: String? = nil,
        _ paths: Ingress.Path...
    ) throws -> Translation {
        var ingress = ingress(annotations: annotations, rule("a.example"))
        ingress.rules[0].paths = paths
        var snapshot = snapshot(
            [ingress],
            services: [
                service(), service("shop/idle"), service("shop/errors", Service.Port(port: 8080)),
                service("infra/pages", Service.Port(port: 80)),
                externalName("shop/away", "errors.example", Service.Port(port: 8080)),
                externalName("shop/self", "localhost", Service.Port(port: 80)),
            ],
            slices: [
                slice("shop/web", ["10.0.0.1"]), slice("shop/errors", errorsAreReady ? ["10.0.0.2"] : []),
                slice("infra/pages", ["10.0.0.3"]),
            ]
        )
        snapshot.configMaps = [ConfigMap(metadata: metadata("postern/global"), data: global)]
        let result = translate(
            snapshot,
            with: try settings {
                $0.globalConfigMap = NamespacedName(namespace: "postern", name: "global")
                $0.defaultBackendService = defaultBackend.flatMap { NamespacedName($0) }
            }
        )
        #expect(result.configuration.flaws == [])
        return result
    }

    private func page(_ result: Translation, _ target: String) -> String? {
        result.configuration.route(Request(host: "a.example", target: target)).errorPage?.readable
    }

    @Test func `the default backend serves where a backend has no endpoint`() throws {
        let result = try result(
            ["default-backend": "errors"],
            path("/idle", to: "idle:80"),
            path("/gone", to: "gone:1")
        )
        #expect(result.answer("a.example", "/idle/x") == "shop_errors_8080 /idle/x")
        #expect(result.answer("a.example", "/gone") == "shop_errors_8080 /gone")
        #expect(result.answer("a.example", "/") == "404")
        #expect(Set(result.codes) == ["service-without-endpoints", "service-not-found"])
        #expect(result.diagnostics.allSatisfy { $0.message.hasSuffix("Service 'shop/errors' serves in its place") })
        guard case .proxy(let proxying) = result.server("a.example")?.locations.first?.action else { return }
        #expect(proxying.standsInFor?.namespace == Expression(literal: "shop"))
    }

    @Test func `a default backend without endpoints serves nothing, and that is told`() throws {
        let result = try result(
            ["default-backend": "errors", "custom-http-errors": "503"],
            errorsAreReady: false,
            path("/", to: "idle:80")
        )
        #expect(result.answer("a.example", "/") == "503")
        #expect(
            Set(result.codes) == [
                "default-backend-unavailable", "custom-errors-unanswered", "service-without-endpoints",
            ]
        )
    }

    @Test func `errors are answered by the default backend of the Ingress, and keep their status`() throws {
        let result = try result(
            ["default-backend": "errors", "custom-http-errors": "404, 503", "rewrite-target": "/x"],
            path("/web")
        )
        #expect(result.answer("a.example", "/web") == "shop_web_80 /x")
        #expect(result.answer("a.example", "/") == "404")
        #expect(page(result, "/") == "shop_errors_8080")
        #expect(page(result, "/web") == nil)
    }

    @Test func `without one of its own that of the controller answers`() throws {
        let own = try result(["custom-http-errors": "404"], defaultBackend: "infra/pages", path("/web"))
        #expect(own.server("a.example")?.locations.first?.policy.errorPages?.backend.readable == "infra_pages_80")
        let global = try result([:], global: ["custom-http-errors": "502"], defaultBackend: "infra/pages", path("/web"))
        #expect(global.server("a.example")?.locations.first?.policy.errorPages?.statuses.map(\.value) == [502])
        #expect(own.codes + global.codes == [])
    }

    @Test func `where nobody answers errors stay as they are, and that is told`() throws {
        let own = try result(["custom-http-errors": "404"], path("/web"))
        #expect(own.codes == ["custom-errors-unanswered"])
        #expect(own.server("a.example")?.locations.first?.policy.errorPages == nil)
        #expect(
            try result([:], global: ["custom-http-errors": "404"], path("/web")).codes == ["custom-errors-unanswered"]
        )
    }

    @Test func `a name that is resolved while serving answers in place of errors, and stands in`() throws {
        let result = try result(
            ["default-backend": "away", "custom-http-errors": "404"],
            path("/web"),
            path("/idle", to: "idle:80")
        )
        #expect(page(result, "/") == "errors.example:8080")
        #expect(result.answer("a.example", "/idle") == "errors.example:8080 /idle")
        #expect(result.codes == ["service-without-endpoints"])
    }

    @Test(arguments: [
        ("gone", "Service 'shop/gone' does not exist"),
        ("self", "Service 'shop/self' stands for 'localhost', which is"),
        ("idle", "Service 'shop/idle' has no ready endpoint for port '80'"),
    ])
    func `the finding about a default backend says what is wrong with it`(_ name: String, _ reason: String) throws {
        let result = try result(["default-backend": name, "custom-http-errors": "404"], path("/web"))
        #expect(Set(result.codes) == ["default-backend-unavailable", "custom-errors-unanswered"])
        let finding = result.diagnostics.first { $0.code == "default-backend-unavailable" }
        #expect(finding?.message.hasPrefix(reason) ?? false)
        let unanswered = result.diagnostics.first { $0.code == "custom-errors-unanswered" }
        #expect(
            unanswered?.message
                == "'custom-http-errors' has no effect: the default backend cannot answer in place of errors"
        )
    }

    @Test(arguments: [("HTTPS", BackendProtocol.https), ("GRPC", .grpc), ("HTTP", .http)])
    func `the default backend stands in by the protocol of the Ingress, and answers for errors by HTTP`(
        _ name: String,
        _ spoken: BackendProtocol
    ) throws {
        let result = try result(
            ["default-backend": "errors", "custom-http-errors": "404", "backend-protocol": name],
            path("/idle", to: "idle:80")
        )
        let standIn = result.configuration.route(Request(host: "a.example", target: "/idle"))
        #expect(standIn.spoken == spoken)
        let policies = result.configuration.upstreams.filter { $0.origin?.name == "errors" }
            .map { ($0.name.readable, $0.policy.transport.speaks) }
        #expect(Dictionary(grouping: policies, by: \.1).keys.contains(spoken))
        guard
            case .upstream(let pages) = standIn.errorPage
                ?? result.configuration.route(
                    Request(host: "a.example", target: "/")
                ).errorPage
        else {
            Issue.record("nobody answers in place of errors")
            return
        }
        #expect(result.configuration.upstreams.first { $0.name == pages }?.policy.transport == .plain)
    }

    @Test func `errors of backends may be left as they are`() throws {
        let result = try result(
            ["default-backend": "errors", "custom-http-errors": "404", "disable-proxy-intercept-errors": "true"],
            path("/")
        )
        #expect(result.server("a.example")?.locations.first?.policy.errorPages?.replacesBackends == false)
    }

    @Test(arguments: ["200", "301", "499", "600", "4xx", "404;", "-404", ","])
    func `what is no error is told`(_ value: String) throws {
        let result = try result(["default-backend": "errors", "custom-http-errors": value], path("/"))
        #expect(result.codes.allSatisfy { $0 == "annotation-invalid" } && !result.codes.isEmpty)
        #expect(result.server("a.example")?.locations.first?.policy.errorPages == nil)
    }

    @Test(arguments: ["shop/errors", "Errors", "errors:80", "-a", "a_b"])
    func `what names no Service is told`(_ value: String) throws {
        #expect(try result(["default-backend": value], path("/")).codes == ["annotation-invalid"])
    }

    @Test func `a guard that cannot be honoured closes what the default backend would serve`() throws {
        let result = try result(["default-backend": "errors", "auth-type": "basic"], path("/", to: "idle:80"))
        #expect(result.answer("a.example", "/") == "503")
    }
}
