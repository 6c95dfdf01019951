import ControlPlaneTestSupport
import Foundation
import TestSupport
import Testing

/// `postern explain --cluster` and `postern diff --cluster` by a real API server.
@Suite(.timeLimit(.minutes(10)))
struct LiveCommandTests {
    private static func manifests(_ namespace: String, service: String = "web", class name: String? = "nginx") -> String
    {
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          namespace: \(namespace)
          annotations: {nginx.ingress.kubernetes.io/proxy-read-timeout: "7"}
        spec:
        \(name.map { "  ingressClassName: \($0)\n" } ?? "")  rules:
          - host: \(namespace).example
            http:
              paths:
              - {path: /, pathType: Prefix, backend: {service: {name: \(service), port: {number: 80}}}}

        """
    }

    private static func others(_ namespace: String) -> String {
        let services = ["web", "v2"].map { name in
            """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: \(name), namespace: \(namespace)}
            spec: {ports: [{port: 80, targetPort: 8080}]}
            ---
            apiVersion: discovery.k8s.io/v1beta1
            kind: EndpointSlice
            metadata: {name: \(name)-1, namespace: \(namespace), labels: {kubernetes.io/service-name: \(name)}}
            addressType: IPv4
            ports: [{port: 8080, protocol: TCP}]
            endpoints: [{addresses: [10.1.2.\(name == "web" ? 3 : 4)]}]

            """
        }
        let stays = manifests(namespace).replacing("name: web\n", with: "name: stays\n")
            .replacing("- host: \(namespace).example", with: "- host: stays.\(namespace).example")
        return services.joined() + "---\n" + stays
    }

    private static func ingressClass(_ name: String) -> String {
        """
        ---
        apiVersion: networking.k8s.io/v1
        kind: IngressClass
        metadata: {name: \(name)}
        spec: {controller: postern.dev/\(name)}

        """
    }

    private static func use(
        _ body: (_ postern: ([String], String) async throws -> Tool.Outcome, String, ControlPlane) async throws -> Void
    ) async throws {
        let plane = try await ControlPlane.shared()
        let namespace = try await plane.newNamespace("live")
        let manifests =
            manifests(namespace, class: namespace)
            + others(namespace).replacing(
                "ingressClassName: nginx",
                with: "ingressClassName: \(namespace)"
            )
        try await plane.kubectl.apply(manifests + ingressClass(namespace))
        let kubeconfig = try await plane.kubeconfig(user: "reader-\(namespace)", groups: ["system:masters"])
        let program = try Tool(built: "postern")
        let options = ["--cluster", "--kubeconfig", kubeconfig, "--controller-class", "postern.dev/\(namespace)"]
        try await TemporaryFolder.use { folder in
            try await body(
                { arguments, input in
                    try await program.run([arguments[0]] + options + arguments.dropFirst(), input: input, in: folder)
                },
                namespace,
                plane
            )
        }
    }

    @Test func `a request is explained by what the cluster holds`() async throws {
        try await Self.use { postern, namespace, _ in
            let outcome = try await postern(["explain", "http://\(namespace).example/a"], "")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.text.contains("Ingress \(namespace)/web"), "\(outcome.text)")
            #expect(outcome.text.contains("web:80 at 10.1.2.3:8080"))
            #expect(outcome.text.contains("annotation proxy-read-timeout"))
            #expect(outcome.errors.hasPrefix("cluster, "))
            let scope = ["--watch-namespace", namespace]
            let part = try await postern(["explain"] + scope + ["http://\(namespace).example/a"], "")
            #expect(part.status == 0 && part.text.contains("web:80 at 10.1.2.3:8080"))
        }
    }

    @Test func `manifests are compared with what they change, and what they do not hold stays`() async throws {
        try await Self.use { postern, namespace, _ in
            // As in a repository: without the class, which the API server has kept.
            let same = try await postern(["diff", "-"], Self.manifests(namespace, class: nil))
            #expect(same.status == 0, "\(same.text)\(same.errors)")
            #expect(same.text.isEmpty)
            let new = try await postern(["diff", "-"], Self.manifests(namespace, service: "v2", class: namespace))
            #expect(new.status == 1)
            let lines = new.text.split(separator: "\n").map(String.init)
            #expect(lines.first == "1 route changes; 1 same", "\(new.text)")
            #expect(
                lines.contains {
                    $0.hasPrefix("~ \(namespace).example/  Prefix  web:80 -> v2:80  Ingress \(namespace)/web")
                }
            )
            #expect(new.text.contains("\n--- cluster/nginx.conf\n"))
            let missing = try await postern(
                ["diff", "-"],
                Self.manifests(namespace, service: "none", class: namespace)
            )
            #expect(missing.text.contains("after: 503"))
            #expect(missing.text.contains("[service-not-found]"))
        }
    }

    @Test func `a cluster that cannot be read, and options that go ill together, are failures`() async throws {
        let program = try Tool(built: "postern")
        try await TemporaryFolder.use { folder in
            let nobody = ["--cluster", "--apiserver-host", "http://127.0.0.1:1"]
            for arguments in [
                ["explain"] + nobody + ["http://a.example/"],
                ["explain", "--kubeconfig", "x", "http://a.example/", "."],
                ["explain", "--cluster", "http://a.example/", "."], ["diff", "--cluster", "a", "b"],
                ["diff", "--cluster", "--git", "HEAD", "."], ["explain", "--cluster", "--as", "folder", "a.example"],
            ] {
                let outcome = try await program.run(arguments, in: folder)
                #expect(outcome.status == 2, "\(arguments)")
                #expect(outcome.text.isEmpty)
            }
            let outcome = try await program.run(["explain"] + nobody + ["http://a.example/"], in: folder)
            #expect(outcome.errors.contains("the cluster cannot be read: "), "\(outcome.errors)")
        }
    }
}
