import Diagnostics
import KubernetesModel
import Manifests
import TestSupport
import Testing

@Suite struct ServiceTests {
    private func service(_ spec: String) -> String {
        "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: \(spec)\n"
    }

    @Test func `reads a Service as a cluster prints it`() throws {
        let text = """
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec:
              allocateLoadBalancerNodePorts: true
              clusterIP: 10.96.0.1
              clusterIPs: [10.96.0.1, "fd00::1"]
              externalTrafficPolicy: Cluster
              internalTrafficPolicy: Cluster
              ipFamilies: [IPv4, IPv6]
              ipFamilyPolicy: PreferDualStack
              ports:
              - {name: http, nodePort: 30080, port: 80, protocol: TCP, targetPort: web, appProtocol: http}
              - {name: dns, port: 53, protocol: UDP, targetPort: 5353}
              selector: {app: web}
              sessionAffinity: None
              type: LoadBalancer
            status: {loadBalancer: {}}
            """
        let (snapshot, diagnostics) = read(text)
        #expect(diagnostics == [])
        var service = try #require(snapshot.services.first)
        service.metadata.source = nil
        let expected = Service(
            metadata: ObjectMetadata(name: "web", namespace: "default"),
            type: .loadBalancer,
            clusterIP: "10.96.0.1",
            ports: [
                .init(name: "http", port: 80, targetPort: .name("web"), appProtocol: "http"),
                .init(name: "dns", port: 53, targetPort: .number(5353), transport: "UDP"),
            ]
        )
        #expect(service == expected)
    }

    @Test func `reads headless and external Services`() {
        let text =
            service("{clusterIP: None}") + "---\n"
            + "apiVersion: v1\nkind: Service\nmetadata: {name: out}\nspec: {type: ExternalName, externalName: a.example., clusterIP: \"\"}\n"
        let (snapshot, diagnostics) = read(text)
        #expect(diagnostics == [])
        #expect(snapshot.services.map(\.clusterIP) == ["None", nil])
        #expect(snapshot.services.map(\.externalName) == [nil, "a.example."])
    }

    @Test(
        arguments: [
            ("{type: 👉ExternalNames}", "value-invalid"), ("👉{type: ExternalName}", "missing-field"),
            ("{type: ExternalName, externalName: 👉a b}", "host-invalid"), ("{clusterIP: 👉10.0.0}", "address-invalid"),
            ("{ports: 👉{}}", "wrong-type"),
        ] as [(MarkedText, String)]
    )
    func `leaves out a Service that makes no sense`(_ spec: MarkedText, _ code: String) {
        let (snapshot, diagnostics) = read(service(spec.text))
        #expect(diagnostics.map(\.code) == [code])
        #expect(diagnostics.first?.position == SourcePosition(file: "a.yaml", line: 4, column: 6 + spec.column))
        #expect(snapshot.services == [])
    }

    @Test(
        arguments: [
            ("👉{name: x}", "missing-field"), ("{port: 👉0}", "port-invalid"), ("{port: 👉\"80\"}", "wrong-type"),
            ("{port: 1, name: 👉A}", "name-invalid"), ("{port: 1, targetPort: 👉70000}", "port-invalid"),
            ("{port: 1, targetPort: 👉\"80\"}", "name-invalid"), ("{port: 1, protocol: 👉tcp}", "value-invalid"),
        ] as [(MarkedText, String)]
    )
    func `leaves out a port that makes no sense, and keeps the others`(_ port: MarkedText, _ code: String) {
        let (snapshot, diagnostics) = read(service("{ports: [{port: 80}, \(port.text)]}"))
        #expect(diagnostics.map(\.code) == [code])
        #expect(diagnostics.first?.position?.column == 27 + port.column)
        #expect(snapshot.services.first?.ports == [.init(port: 80)])
    }
}
