import Diagnostics
import KubernetesModel
import Manifests
import Testing

@Suite struct EndpointTests {
    private func slice(_ fields: String, version: String = "discovery.k8s.io/v1", type: String = "IPv4") -> String {
        "apiVersion: \(version)\nkind: EndpointSlice\nmetadata: {name: web-x, labels: {kubernetes.io/service-name: web}}\n"
            + "addressType: \(type)\n\(fields)\n"
    }

    @Test(arguments: ["discovery.k8s.io/v1", "discovery.k8s.io/v1beta1"])
    func `reads an EndpointSlice as a cluster prints it`(_ version: String) throws {
        let fields = """
            endpoints:
            - addresses: [10.0.0.1]
              conditions: {ready: true, serving: true, terminating: false}
              nodeName: a
              targetRef: {kind: Pod, name: x}
              zone: z
              hints: {forZones: []}
              topology: {kubernetes.io/hostname: a}
            - {addresses: [10.0.0.2], conditions: {ready: false}}
            - {addresses: [10.0.0.3], conditions: {}}
            ports:
            - {name: http, port: 8080, protocol: TCP, appProtocol: http}
            - {name: "", port: null}
            """
        let (snapshot, diagnostics) = read(slice(fields, version: version))
        #expect(diagnostics == [])
        let slice = try #require(snapshot.endpointSlices.first)
        #expect(slice.serviceName == "web")
        #expect(slice.origin == .endpointSlice)
        #expect(
            slice.endpoints == [
                .init(addresses: ["10.0.0.1"], isReady: true), .init(addresses: ["10.0.0.2"], isReady: false),
                .init(addresses: ["10.0.0.3"]),
            ]
        )
        #expect(slice.ports == [.init(name: "http", port: 8080), .init(name: "")])
    }

    @Test(arguments: [
        (
            "IPv4", ["10.0.0.1", "0.0.0.0", "255.255.255.255"],
            ["10.0.0", "10.0.0.256", "010.0.0.1", "::1", "a.example", "10.0.0.1.", "1.2.3.4 "]
        ),
        (
            "IPv6", ["::", "::1", "fd00::a", "1:2:3:4:5:6:7:8", "::ffff:10.0.0.1", "1::", "1:2:3:4:5:6:7::"],
            [
                ":", "1:2", "1::2::3", "12345::", "g::", "1:2:3:4:5:6:7:8:9", "::10.0.0", "10.0.0.1", "fe80::1%eth0",
                "1.2.3.4::", ":1::2",
            ]
        ),
        ("FQDN", ["a.example", "A.example"], ["a b", "-a", "a;b"]),
    ])
    func `knows the addresses of each type`(_ type: String, _ good: [String], _ bad: [String]) {
        for address in good {
            let (snapshot, diagnostics) = read(slice("endpoints: [{addresses: [\"\(address)\"]}]", type: type))
            #expect(diagnostics == [], "\(address)")
            #expect(snapshot.endpointSlices.first?.endpoints.first?.addresses == [address])
        }
        for address in bad {
            let (snapshot, diagnostics) = read(slice("endpoints: [{addresses: [\"\(address)\"]}]", type: type))
            #expect(diagnostics.map(\.code) == ["address-invalid"], "\(address)")
            #expect(snapshot.endpointSlices.first?.endpoints == [])
        }
    }

    @Test func `points at an unusable address, and keeps the others`() {
        let text = slice("endpoints:\n- addresses: [10.0.0.1]\n- addresses: [nowhere]\n")
        let (snapshot, diagnostics) = read(text)
        #expect(diagnostics.first?.field == "endpoints[1].addresses[0]")
        #expect(diagnostics.first?.position == SourcePosition(file: "a.yaml", line: 7, column: 15))
        #expect(snapshot.endpointSlices.first?.endpoints.count == 1)
    }

    @Test func `notes a slice that belongs to no Service`() {
        let text = "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: a}\naddressType: IPv4\n"
        #expect(findings(text) == ["note endpoint-slice-without-service"])
        #expect(read(text).snapshot.endpointSlices == [])
    }

    @Test func `refuses an unknown type of address`() {
        #expect(findings(slice("", type: "IPv5")) == ["error value-invalid"])
        #expect(
            findings("apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: a}") == [
                "error missing-field"
            ]
        )
    }

    @Test func `makes a slice of each subset of Endpoints`() throws {
        let text = """
            apiVersion: v1
            kind: Endpoints
            metadata: {name: web, namespace: shop}
            subsets:
            - addresses:
              - {ip: 10.0.0.1, nodeName: a, hostname: h, targetRef: {kind: Pod}}
              notReadyAddresses: [{ip: 10.0.0.2}, {ip: "fd00::1"}]
              ports: [{name: http, port: 8080, protocol: TCP}]
            - addresses: [{ip: 10.0.0.3}, {ip: nowhere}]
              ports: [{port: 81}]
            - {}
            """
        let (snapshot, diagnostics) = read(text)
        #expect(diagnostics.map(\.code) == ["address-invalid"])
        let slices = snapshot.endpointSlices
        #expect(slices.allSatisfy { $0.serviceName == "web" && $0.origin == .endpoints })
        #expect(slices.map(\.addressType) == [.ipv4, .ipv6, .ipv4])
        #expect(
            slices.map(\.endpoints) == [
                [.init(addresses: ["10.0.0.1"], isReady: true), .init(addresses: ["10.0.0.2"], isReady: false)],
                [.init(addresses: ["fd00::1"], isReady: false)], [.init(addresses: ["10.0.0.3"], isReady: true)],
            ]
        )
        #expect(
            slices.map(\.ports) == [
                [.init(name: "http", port: 8080)], [.init(name: "http", port: 8080)], [.init(port: 81)],
            ]
        )
    }
}
