import APIServerTestSupport
import ClusterSource
import Diagnostics
import KubernetesClient
import KubernetesModel
import TestSupport
import Testing

@Suite
struct `A source on a cluster` {
    @Test
    func `reads all kinds, and keeps only what is used of them`() async throws {
        try await FakeCluster.use { server in
            let status = #"{"loadBalancer":{"ingress":[{"ip":"192.0.2.7"},{"hostname":"lb.example"}]}}"#
            try await server.put(FakeCluster.ingress("web", secret: "tls", status: status), in: FakeCluster.ingresses)
            try await server.put(FakeCluster.ingressClass(), in: FakeCluster.ingressClasses)
            try await server.put(FakeCluster.service, in: FakeCluster.services)
            try await server.put(FakeCluster.slice("web-1", "192.0.2.1"), in: FakeCluster.slices)
            try await server.put(FakeCluster.slice("web-2", "192.0.2.2"), in: FakeCluster.slices)
            try await server.put(FakeCluster.secret("tls"), in: FakeCluster.secrets)
        } _: { cluster in
            try await cluster.await()
            let reading = await cluster.source.read()
            #expect(reading.diagnostics.isEmpty)
            let snapshot = reading.snapshot
            #expect(snapshot.ingresses.map(\.metadata.annotations) == [["a.example/b": "c"]])
            #expect(snapshot.ingresses.first?.metadata.source == nil)
            #expect(snapshot.ingressClasses.map(\.controller) == ["k8s.io/ingress-nginx"])
            #expect(snapshot.services.map(\.ports.first?.port) == [80])
            #expect(snapshot.endpointSlices.map(\.endpoints.first?.addresses) == [["192.0.2.1"], ["192.0.2.2"]])
            #expect(snapshot.endpointSlices.allSatisfy { $0.serviceName == "web" && $0.metadata.labels.isEmpty })
            #expect(snapshot.secrets.map(\.data) == [["tls.crt": SecretBytes([97])]])
            let record = try #require(await cluster.source.ingresses().first)
            #expect(record.identity == ObjectIdentity(apiVersion: "networking.k8s.io/v1", uid: "uid-shop-web"))
            #expect(record.addresses == [.ip("192.0.2.7"), .hostname("lb.example")])
            #expect(record.generation == 1)
            let reference = try #require(ObjectReference(kind: "Secret", namespace: "shop", name: "tls"))
            #expect(await cluster.source.identity(of: reference)?.uid == "uid-shop-tls")
        }
    }

    @Test
    func `asks for nothing that is not used`() async throws {
        try await FakeCluster.use { cluster in
            try await cluster.await()
            #expect(
                await cluster.paths()
                    == [
                        FakeCluster.secrets, FakeCluster.services, FakeCluster.slices, FakeCluster.ingressClasses,
                        FakeCluster.ingresses,
                    ].sorted()
            )
            let secrets = await cluster.server.requests.first { $0.path == FakeCluster.secrets }
            let selector = "type!=kubernetes.io/service-account-token,type!=helm.sh/release.v1"
            #expect(secrets?.query["fieldSelector"] == selector)
        }
    }

    @Test
    func `asks for one namespace`() async throws {
        try await FakeCluster.use(ClusterScope(namespace: "shop")) { server in
            try await server.put(FakeCluster.ingress("web"), in: FakeCluster.ingresses)
            try await server.put(FakeCluster.ingress("web", namespace: "other"), in: FakeCluster.ingresses)
        } _: { cluster in
            try await cluster.await()
            let reading = await cluster.source.read()
            #expect(reading.snapshot.ingresses.map(\.metadata.namespace) == ["shop"])
            #expect(
                await cluster.paths() == [
                    "/api/v1/namespaces/shop/secrets", "/api/v1/namespaces/shop/services",
                    "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices", FakeCluster.ingressClasses,
                    "/apis/networking.k8s.io/v1/namespaces/shop/ingresses",
                ]
            )
        }
    }

    @Test
    func `takes Ingresses of namespaces that a selector matches, as they come and go`() async throws {
        try await FakeCluster.use(ClusterScope(namespaceSelector: "team=a")) { server in
            try await server.put(#"{"metadata":{"name":"shop"}}"#, in: FakeCluster.namespaces)
            try await server.put(FakeCluster.ingress("web"), in: FakeCluster.ingresses)
            try await server.put(FakeCluster.ingress("web", namespace: "other"), in: FakeCluster.ingresses)
        } _: { cluster in
            try await cluster.await { $0.snapshot.ingresses.map(\.metadata.namespace) == ["shop"] }
            let request = await cluster.server.requests.first { $0.path == FakeCluster.namespaces }
            #expect(request?.query["labelSelector"] == "team=a")
            try await cluster.server.put(#"{"metadata":{"name":"other"}}"#, in: FakeCluster.namespaces)
            try await cluster.await { $0.snapshot.ingresses.count == 2 }
            try await cluster.server.remove("shop", from: FakeCluster.namespaces)
            try await cluster.await { $0.snapshot.ingresses.map(\.metadata.namespace) == ["other"] }
        }
    }

    @Test
    func `is not whole before everything was read once`() async throws {
        try await FakeCluster.use { server in
            try await server.put(FakeCluster.ingress("web"), in: FakeCluster.ingresses)
            await server.script(Array(repeating: .hangUp, count: 1_000)) { $0.path == FakeCluster.services }
        } _: { cluster in
            try await eventually("the Ingress") { await cluster.source.read().snapshot.ingresses.count == 1 }
            try await eventually("a failure") {
                cluster.changes.all.contains { if case .failing(.services, _) = $0 { true } else { false } }
            }
            #expect(await cluster.source.read().isSynced == false)
        }
    }

    @Test
    func `works without Secrets where they are forbidden, and says so until they are not`() async throws {
        try await FakeCluster.use { server in
            try await server.put(FakeCluster.ingress("web"), in: FakeCluster.ingresses)
            let answer = FakeAnswer.status(403, reason: "Forbidden", message: "postern cannot list secrets")
            await server.script(Array(repeating: answer, count: 3)) { $0.path == FakeCluster.secrets }
        } _: { cluster in
            try await cluster.await("a finding") { reading in
                reading.diagnostics.map(\.code) == ["resource-forbidden"] && reading.snapshot.ingresses.count == 1
            }
            let finding = try #require(await cluster.source.read().diagnostics.first)
            #expect(finding.message.contains("postern cannot list secrets"))
            #expect(finding.hint == "grant get, list and watch on secrets of the API group '' by a ClusterRole")
            try await cluster.await("no finding") { $0.diagnostics.isEmpty }
            // Said once, and counted each time.
            let failures = cluster.changes.all.filter { if case .failing(.secrets, _) = $0 { true } else { false } }
            let others = cluster.changes.all.filter { if case .stillFailing(.secrets, _) = $0 { true } else { false } }
            #expect(failures.count == 1)
            #expect(others.count == 2)
        }
    }

    @Test(arguments: [FakeCluster.ingresses, FakeCluster.services, FakeCluster.slices])
    func `waits for what it cannot do without`(_ path: String) async throws {
        try await FakeCluster.use { server in
            let answer = FakeAnswer.status(403, reason: "Forbidden", message: "postern cannot list")
            await server.script(Array(repeating: answer, count: 3)) { $0.path == path }
        } _: { cluster in
            try await eventually("a finding") { await !cluster.source.read().diagnostics.isEmpty }
            try await cluster.await("the grant") { $0.diagnostics.isEmpty }
        }
    }

    @Test
    func `tells changes that mean something, and no others`() async throws {
        try await FakeCluster.use { server in
            try await server.put(FakeCluster.ingress("web"), in: FakeCluster.ingresses)
        } _: { cluster in
            var changes = cluster.source.changes.makeAsyncIterator()
            await changes.next()
            try await cluster.await()
            let status = #"{"loadBalancer":{"ingress":[{"ip":"192.0.2.7"}]}}"#
            try await cluster.server.put(FakeCluster.ingress("web", status: status), in: FakeCluster.ingresses)
            try await eventually("the status") {
                await cluster.source.ingresses().first?.addresses == [.ip("192.0.2.7")]
            }
            // The next tick is that of the new host: the status has made none.
            try await cluster.server.put(FakeCluster.ingress("web", host: "b.example"), in: FakeCluster.ingresses)
            await changes.next()
            let reading = await cluster.source.read()
            #expect(reading.snapshot.ingresses.first?.rules.first?.host == "b.example")
            #expect(await cluster.source.ingresses().first?.addresses == [])
        }
    }

    @Test
    func `keeps the last good form of an object that is of no use any more`() async throws {
        try await FakeCluster.use { server in
            try await server.put(FakeCluster.ingress("web"), in: FakeCluster.ingresses)
        } _: { cluster in
            try await cluster.await { $0.snapshot.ingresses.count == 1 }
            let good = await cluster.source.read().snapshot.ingresses
            let broken = #"{"metadata":{"name":"web","namespace":"shop"},"spec":{"rules":7}}"#
            try await cluster.server.put(broken, in: FakeCluster.ingresses)
            try await cluster.await("findings") { $0.diagnostics.map(\.code) == ["wrong-type", "object-kept"] }
            #expect(await cluster.source.read().snapshot.ingresses == good)
            #expect(await cluster.source.read().diagnostics.allSatisfy { $0.position == nil })
            try await cluster.server.remove("web", namespace: "shop", from: FakeCluster.ingresses)
            try await cluster.await("its end") { $0.snapshot.ingresses.isEmpty && $0.diagnostics.isEmpty }
        }
    }

    @Test(arguments: ["networking.k8s.io/v1beta1", "extensions/v1beta1"])
    func `reads old versions of the API, and Endpoints where there are no slices`(_ version: String) async throws {
        let ingresses = "/apis/\(version)/ingresses"
        let resources = [
            ingresses: "Ingress", FakeCluster.services: "Service", FakeCluster.secrets: "Secret",
            "/api/v1/endpoints": "Endpoints",
        ]
        try await FakeCluster.use(resources: resources) { server in
            let json =
                #"{"metadata":{"name":"web","namespace":"shop"},"spec":{"backend":{"serviceName":"web","servicePort":80}}}"#
            try await server.put(json, in: ingresses)
            let endpoints =
                #"{"metadata":{"name":"web","namespace":"shop"},"subsets":[{"addresses":[{"ip":"192.0.2.1"}],"ports":[{"port":8080}]}]}"#
            try await server.put(endpoints, in: "/api/v1/endpoints")
        } _: { cluster in
            try await cluster.await()
            let reading = await cluster.source.read()
            #expect(reading.snapshot.ingresses.first?.defaultBackend == .service(name: "web", port: .number(80)))
            #expect(reading.snapshot.endpointSlices.map(\.origin) == [.endpoints])
            #expect(await cluster.source.ingresses().first?.identity.apiVersion == version)
        }
    }

    @Test
    func `goes over to another version when the API drops the one that it reads`() async throws {
        let beta = "/apis/networking.k8s.io/v1beta1/ingresses"
        let resources = [
            beta: "Ingress", FakeCluster.services: "Service", FakeCluster.secrets: "Secret",
            FakeCluster.slices: "EndpointSlice",
        ]
        try await FakeCluster.use(resources: resources) { server in
            let json =
                #"{"metadata":{"name":"web","namespace":"shop"},"spec":{"backend":{"serviceName":"web","servicePort":80}}}"#
            try await server.put(json, in: beta)
        } _: { cluster in
            try await cluster.await { $0.snapshot.ingresses.first?.defaultBackend != nil }
            await cluster.server.serve(FakeCluster.ingresses, kind: "Ingress")
            try await cluster.server.put(FakeCluster.ingress("web"), in: FakeCluster.ingresses)
            await cluster.server.withdraw(beta)
            try await eventually("the newer version") {
                await cluster.source.ingresses().first?.identity.apiVersion == "networking.k8s.io/v1"
            }
            #expect(await cluster.source.read().snapshot.ingresses.first?.rules.first?.host == "shop.example")
        }
    }

    @Test
    func `knows an older form of an object from a newer one`() async throws {
        try await FakeCluster.use { server in
            try await server.put(FakeCluster.ingress("web"), in: FakeCluster.ingresses)
        } _: { cluster in
            try await cluster.await { $0.snapshot.ingresses.count == 1 }
            let late = FakeCluster.ingress("web", host: "old.example").replacing(
                #""generation":1"#,
                with: #""generation":1,"uid":"uid-shop-web","resourceVersion":"7""#
            )
            await cluster.server.send(#"{"type":"MODIFIED","object":\#(late)}"#, to: FakeCluster.ingresses)
            await cluster.server.send(#"{"type":"DELETED","object":\#(late)}"#, to: FakeCluster.ingresses)
            try await cluster.server.put(FakeCluster.ingress("b"), in: FakeCluster.ingresses)
            try await cluster.await { $0.snapshot.ingresses.count == 2 }
            #expect(
                await cluster.source.read().snapshot.ingresses.map(\.rules.first?.host) == [
                    "shop.example", "shop.example",
                ]
            )
        }
    }
}
