import ControlPlaneTestSupport
import CurlTestSupport
import EchoBackend
import Foundation
import TestSupport
import Testing

/// The Deployment does what it is for, with the rights that it asks for and no others.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct PodTests {
    @Test func `for the Ingresses of its own namespace a Pod needs no right of the cluster`() async throws {
        try await ControlPlane.use { plane in
            let backend = try EchoBackend(name: "web", host: try EndpointAddress.unique().description, port: 8080)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await backend.run() }
                try await plane.kubectl.apply(try await Kustomization.oneNamespace.manifests(for: plane))
                try await plane.kubectl.apply(Self.node)
                try await plane.patchStatus(
                    at: "/api/v1/namespaces/postern/services/postern",
                    #"{"status": {"loadBalancer": {"ingress": [{"ip": "192.0.2.8"}]}}}"#
                )
                let address = try await backend.address.host
                try await plane.kubectl.apply(Self.shop(at: address))
                try await plane.kubectl.apply(Self.objects(in: "postern", host: "own.example", at: address))
                let deployment: AppliedDeployment = try await plane.kubectl.get("deployment/postern", in: "postern")
                try await Pod.run(deployment, on: plane) { pod in
                    let client = CurlClient(address: "127.0.0.1")
                    try await pod.wait(until: "the Ingress of its own namespace is served") {
                        try await client.send("GET http://own.example/").echo?.backend == "web"
                    }
                    #expect(try await client.send("GET http://shop.example/").status == 404)
                    try await pod.wait(until: "the status of the Ingress tells the load balancer's address") {
                        try await plane.addresses(of: "web", in: "postern") == ["192.0.2.8"]
                    }
                    #expect(!pod.log.contains(" error "), "\(pod.log)")
                }
                group.cancelAll()
            }
        }
    }

    @Test func `the Pod serves what the cluster asks for, says where, and keeps its token from nginx`() async throws {
        try await ControlPlane.use { plane in
            let backend = try EchoBackend(name: "web", host: try EndpointAddress.unique().description, port: 8080)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await backend.run() }
                try await plane.kubectl.apply(try await Kustomization.base.manifests(for: plane))
                try await plane.kubectl.apply(Self.node)
                try await plane.patchStatus(
                    at: "/api/v1/nodes/node-1",
                    #"{"status": {"addresses": [{"type": "ExternalIP", "address": "192.0.2.7"}]}}"#
                )
                try await plane.patchStatus(
                    at: "/api/v1/namespaces/postern/pods/postern-0",
                    #"{"status": {"phase": "Running"}}"#
                )
                try await plane.kubectl.apply(Self.shop(at: try await backend.address.host))
                let deployment: AppliedDeployment = try await plane.kubectl.get("deployment/postern", in: "postern")
                try await Pod.run(deployment, on: plane) { pod in
                    try await Self.check(pod, of: deployment, on: plane)
                }
                group.cancelAll()
            }
        }
    }

    private static func check(_ pod: Pod, of deployment: AppliedDeployment, on plane: ControlPlane) async throws {
        let client = CurlClient(address: "127.0.0.1")
        try await pod.wait(until: "the Ingress is served") {
            try await client.send("GET http://shop.example/").echo?.backend == "web"
        }
        try await pod.wait(until: "the Pod is ready") {
            try await client.send("GET http://health:10254/readyz").status == 200
        }
        let echo = try await client.send("GET https://shop.example/").echo
        #expect(echo?.header("X-Forwarded-Port") == "443")
        #expect(try await client.send("GET http://shop.example/").echo?.header("X-Forwarded-Port") == "80")
        try await pod.wait(until: "the status of the Ingress tells the node's address") {
            try await plane.addresses(of: "web", in: "shop") == ["192.0.2.7"]
        }
        #expect(!pod.log.contains("orbidden"), "\(pod.log)")
        let secrets = "/proc/[0-9]*/root/run/secrets/kubernetes.io/serviceaccount/token"
        let theft = try await pod.execute("cat \(secrets) /proc/[0-9]*/environ | grep -c -e KUBERNETES -e '^ey'")
        // Not compared by the macro, which would print it.
        let isStolen = theft.text != "0\n"
        #expect(!isStolen, "nginx's user must not read what Postern holds")
        #expect(try await pod.execute("touch /etc/x").errors.contains("Read-only file system"))
        let preStop = try #require(deployment.container("nginx")?.lifecycle?.preStop.exec.command.last)
        let end = try await pod.execute(preStop.replacing("sleep 15", with: "sleep 0"))
        #expect(end.errors.contains("signal process started"), "\(end)")
        #expect(Pod.nginxMaster == nil)
    }

    /// The node and the Pod that the processes stand for.
    private static let node = """
        apiVersion: v1
        kind: Node
        metadata: {name: node-1}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: postern-0, namespace: postern, labels: {app.kubernetes.io/name: postern}}
        spec:
          nodeName: node-1
          containers: [{name: postern, image: postern}]

        """

    private static func shop(at address: String) -> String {
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop}
        ---
        \(objects(in: "shop", host: "shop.example", at: address))
        """
    }

    /// A host, and the endpoint that serves it.
    private static func objects(in namespace: String, host: String, at address: String) -> String {
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: web, namespace: \(namespace)}
        spec:
          ingressClassName: nginx
          rules:
          - host: \(host)
            http:
              paths:
              - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 8080}}}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: \(namespace)}
        spec: {ports: [{port: 8080}]}
        ---
        apiVersion: discovery.k8s.io/v1beta1
        kind: EndpointSlice
        metadata: {name: web-1, namespace: \(namespace), labels: {kubernetes.io/service-name: web}}
        addressType: IPv4
        endpoints: [{addresses: [\(address)]}]
        ports: [{port: 8080}]

        """
    }
}

extension Pod {
    /// Waits until something holds; what both containers have written explains why it does not.
    fileprivate func wait(until what: String, condition: () async throws -> Bool) async throws {
        var last = ""
        do {
            try await eventually(what) {
                do { return try await condition() } catch { last = "\(error)" }
                return false
            }
        } catch let error as DeadlineExceeded {
            throw DeadlineExceeded(description: "\(error); \(last); the log says:\n\(log)")
        }
    }
}
