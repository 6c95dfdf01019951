import Diagnostics
import KubernetesModel
import Manifests
import Testing

@Suite struct IngressTests {
    private static let expected = Ingress(
        metadata: ObjectMetadata(name: "web", namespace: "shop", annotations: ["a.example/x": "1"]),
        ingressClassName: "nginx",
        defaultBackend: .service(name: "fallback", port: .name("http")),
        tls: [.init(hosts: ["A.example", "*.b.example"], secretName: "tls")],
        rules: [
            .init(
                host: "A.example",
                paths: [.init(path: "/", pathType: .prefix, backend: .service(name: "web", port: .number(80)))]
            ),
            .init(
                paths: [
                    .init(
                        pathType: .implementationSpecific,
                        backend: .resource(apiGroup: "k8s.example", kind: "Bucket", name: "static")
                    )
                ]
            ),
            .init(host: "*.b.example"),
        ]
    )

    private static let common = """
        metadata:
          name: web
          namespace: shop
          annotations: {a.example/x: "1"}
        spec:
          ingressClassName: nginx
          tls:
          - {hosts: [A.example, "*.b.example"], secretName: tls}

        """

    private static let v1 =
        common + """
              defaultBackend: {service: {name: fallback, port: {name: http}}}
              rules:
              - host: A.example
                http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
              - http:
                  paths:
                  - pathType: ImplementationSpecific
                    backend: {resource: {apiGroup: k8s.example, kind: Bucket, name: static}}
              - host: "*.b.example"

            """

    private static let beta =
        common + """
              backend: {serviceName: fallback, servicePort: http}
              rules:
              - host: A.example
                http: {paths: [{path: /, pathType: Prefix, backend: {serviceName: web, servicePort: 80}}]}
              - http:
                  paths:
                  - pathType: ImplementationSpecific
                    backend: {resource: {apiGroup: k8s.example, kind: Bucket, name: static}}
              - host: "*.b.example"

            """

    @Test(arguments: [
        ("networking.k8s.io/v1", v1), ("networking.k8s.io/v1beta1", beta), ("extensions/v1beta1", beta),
    ])
    func `reads the same Ingress from every version`(_ version: String, _ body: String) throws {
        let (snapshot, diagnostics) = read("apiVersion: \(version)\nkind: Ingress\n" + body)
        #expect(diagnostics == [])
        var ingress = try #require(snapshot.ingresses.first)
        ingress.metadata.source = nil
        #expect(ingress == Self.expected)
    }

    @Test func `leaves the type of a path open where an old version does`() throws {
        let spec = "rules:\n- http:\n    paths:\n    - backend: {serviceName: web, servicePort: 80}"
        let (snapshot, diagnostics) = read(ingress(spec, version: "extensions/v1beta1"))
        #expect(diagnostics == [])
        let path = try #require(snapshot.ingresses.first?.rules.first?.paths?.first)
        #expect(path == .init(backend: .service(name: "web", port: .number(80))))
    }

    @Test func `warns of a missing path type, and serves the path`() throws {
        let spec =
            "rules:\n- http:\n    paths:\n    - path: /\n      backend: {service: {name: web, port: {number: 80}}}"
        let (snapshot, diagnostics) = read(ingress(spec))
        #expect(diagnostics.map(\.severity) == [.warning])
        #expect(diagnostics.first?.field == "spec.rules[0].http.paths[0].pathType")
        #expect(diagnostics.first?.position == SourcePosition(file: "a.yaml", line: 9, column: 9))
        #expect(snapshot.ingresses.first?.rules.first?.paths?.count == 1)
    }

    @Test func `knows where its fields stand`() throws {
        let (snapshot, _) = read("# comment\napiVersion: networking.k8s.io/v1\nkind: Ingress\n" + Self.v1)
        let source = try #require(snapshot.ingresses.first?.metadata.source)
        #expect(source.position == SourcePosition(file: "a.yaml", line: 2, column: 1))
        let expected: [String: (Int, Int)] = [
            "metadata.name": (5, 9), "metadata.annotations[a.example/x]": (7, 30),
            "metadata.annotations[a.example/absent]": (7, 16),
            "spec.rules[1].host": (16, 5), "spec.ingressClassName": (9, 21),
            "spec.tls[0]": (11, 5), "spec.tls[0].hosts[1]": (11, 25), "spec.tls[0].secretName": (11, 53),
            "spec.defaultBackend": (12, 19), "spec.defaultBackend.service.name": (12, 36),
            "spec.defaultBackend.service.port": (12, 52), "spec.rules[0].host": (14, 11),
            "spec.rules[0].http.paths[0]": (15, 20), "spec.rules[0].http.paths[0].path": (15, 27),
            "spec.rules[0].http.paths[0].pathType": (15, 40), "spec.rules[0].http.paths[0].backend": (15, 57),
            "spec.rules[0].http.paths[0].backend.service.name": (15, 74),
            "spec.rules[0].http.paths[0].backend.service.port": (15, 85), "spec.rules[2].host": (20, 11),
        ]
        for (field, place) in expected {
            let position = SourcePosition(file: "a.yaml", line: place.0, column: place.1)
            #expect(source.position(of: field) == position, "\(field)")
        }
    }

    @Test func `gives fields of an old version the paths of the newest`() throws {
        let (snapshot, _) = read("apiVersion: extensions/v1beta1\nkind: Ingress\n" + Self.beta)
        let fields = try #require(snapshot.ingresses.first?.metadata.source?.fields)
        #expect(fields["spec.defaultBackend"] == .init(line: 11, column: 12))
        #expect(fields["spec.defaultBackend.service.name"] == .init(line: 11, column: 26))
        #expect(fields["spec.rules[0].http.paths[0].backend.service.port"] == .init(line: 14, column: 89))
    }

    @Test func `counts fields as the model does where something is left out`() throws {
        let path =
            "http: {paths: [{path: x, pathType: Exact, backend: {}}, {pathType: Prefix, path: /b, backend: {service: {name: b, port: {number: 1}}}}]}"
        let (snapshot, _) = read(ingress("rules:\n- host: 10.0.0.1\n  \(path)\n- host: b.example\n  \(path)"))
        let ingress = try #require(snapshot.ingresses.first)
        #expect(ingress.rules.map(\.host) == ["b.example"])
        #expect(ingress.rules.first?.paths?.map(\.path) == ["/b"])
        #expect(ingress.metadata.source?.fields["spec.rules[0].host"] == .init(line: 9, column: 11))
        #expect(ingress.metadata.source?.fields["spec.rules[0].http.paths[0].path"]?.line == 10)
        #expect(ingress.metadata.source?.fields["spec.rules[1].host"] == nil)
    }

    @Test(arguments: ["rules: []", "tls: []", "ingressClassName: nginx\nrules: null", "{}"])
    func `says that an Ingress routes nothing`(_ spec: String) {
        #expect(findings(ingress(spec)) == ["error missing-field"])
    }
}
