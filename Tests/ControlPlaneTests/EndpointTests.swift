import TestSupport
import ControlPlaneTestSupport
import CurlTestSupport
import EchoBackend
import Foundation
import Testing

/// Which addresses an API server takes for the endpoints of a Service, and where requests to them end.
@Suite(.timeLimit(.minutes(10)))
struct EndpointTests {
    @Test func `loopback is taken in an EndpointSlice, and refused in Endpoints`() async throws {
        let plane = try await ControlPlane.shared()
        let namespace = try await plane.newNamespace()
        try await plane.kubectl.apply(Self.slice("127.4.5.6", in: namespace))
        let outcome = try await plane.kubectl.run(
            ["apply", "--filename", "-"],
            input: Self.endpoints("127.4.5.6", in: namespace)
        )
        #expect(outcome.errors.contains("is invalid"), "\(outcome)")
    }

    @Test(arguments: ["127.0.0.1", "backend.invalid"])
    func `a Service may stand for a name, which may look like an address`(_ name: String) async throws {
        let plane = try await ControlPlane.shared()
        let namespace = try await plane.newNamespace()
        try await plane.kubectl.apply(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: \(namespace)}
            spec: {type: ExternalName, externalName: \(name), ports: [{port: 80}]}

            """
        )
    }

    @Test func `an address of the test's own network is taken, and leads to the test's backend`() async throws {
        let plane = try await ControlPlane.shared()
        let namespace = try await plane.newNamespace()
        let address = try EndpointAddress.unique().description
        try await plane.kubectl.apply(Self.slice(address, in: namespace) + Self.endpoints(address, in: namespace))
        let slice: Slice = try await plane.kubectl.get("endpointslice/web", in: namespace)
        #expect(slice.endpoints.flatMap(\.addresses) == [address])
        let backend = try EchoBackend(name: "web", host: address)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await backend.run() }
            let port = try await backend.address.port
            let response = try await CurlClient(address: address).send("GET http://\(address):\(port)/there")
            #expect(response.status == 200)
            group.cancelAll()
        }
    }

    private static func slice(_ address: String, in namespace: String) -> String {
        """
        ---
        apiVersion: discovery.k8s.io/v1beta1
        kind: EndpointSlice
        metadata: {name: web, namespace: \(namespace), labels: {kubernetes.io/service-name: web}}
        addressType: IPv4
        endpoints: [{addresses: [\(address)]}]
        ports: [{port: 80}]

        """
    }

    private static func endpoints(_ address: String, in namespace: String) -> String {
        """
        ---
        apiVersion: v1
        kind: Endpoints
        metadata: {name: web, namespace: \(namespace)}
        subsets: [{addresses: [{ip: \(address)}], ports: [{port: 80}]}]

        """
    }

    private struct Slice: Decodable {
        struct Endpoint: Decodable { var addresses: [String] }
        var endpoints: [Endpoint]
    }
}
