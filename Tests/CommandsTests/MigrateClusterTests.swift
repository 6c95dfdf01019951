import APIServerTestSupport
import TestSupport
import Testing

/// `postern migrate --cluster` before an API server.
struct MigrateClusterTests {
    private static let collections = [
        ("/apis/networking.k8s.io/v1/ingresses", "Ingress"),
        ("/apis/networking.k8s.io/v1/ingressclasses", "IngressClass"),
        ("/apis/discovery.k8s.io/v1/endpointslices", "EndpointSlice"), ("/api/v1/services", "Service"),
        ("/api/v1/secrets", "Secret"), ("/api/v1/configmaps", "ConfigMap"), ("/apis/apps/v1/deployments", "Deployment"),
        ("/apis/apps/v1/daemonsets", "DaemonSet"),
    ]

    private func use(_ body: @Sendable @escaping (FakeAPIServer, CommandLine) async throws -> Void) async throws {
        try await FakeAPIServer.use { server in
            for (path, kind) in Self.collections { await server.serve(path, kind: kind) }
            try await server.put(
                #"{"metadata": {"name": "nginx"}, "spec": {"controller": "k8s.io/ingress-nginx"}}"#,
                in: "/apis/networking.k8s.io/v1/ingressclasses"
            )
            try await server.put(
                """
                {"metadata": {"name": "web", "namespace": "shop", "annotations": {
                  "nginx.ingress.kubernetes.io/auth-type": "digest"}},
                 "spec": {"ingressClassName": "nginx", "rules": [{"host": "shop.example", "http": {"paths": [
                  {"path": "/", "pathType": "Prefix", "backend": {"service": {"name": "web", "port": {"number": 80}}}}]}}]}}
                """,
                in: "/apis/networking.k8s.io/v1/ingresses"
            )
            try await server.put(
                """
                {"metadata": {"name": "controller", "namespace": "infra"}, "spec": {"template": {"spec": {"containers": [
                  {"args": ["/nginx-ingress-controller", "--configmap=$(POD_NAMESPACE)/settings", "--profiling"]}]}}}}
                """,
                in: "/apis/apps/v1/deployments"
            )
            try await server.put(
                #"{"metadata": {"name": "settings", "namespace": "infra"}, "data": {"disable-ipv6": "true"}}"#,
                in: "/api/v1/configmaps"
            )
            let kubeconfig = """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "\(server.url)"}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """
            try await CommandLine.use(["kubeconfig": kubeconfig]) { try await body(server, $0) }
        }
    }

    @Test func `the objects of a cluster are read once, and named where files have places`() async throws {
        try await use { server, shell in
            let outcome = try await shell.run("migrate", "--cluster", "--kubeconfig", "kubeconfig")
            #expect(outcome.status == 1, "\(outcome.errors)")
            #expect(
                outcome.text.hasPrefix(
                    "Not ready: 0 of 1 Ingress would be served as today; 1 needs work: shop/web (auth-type)\n"
                        + "of Deployment infra/controller\n"
                )
            )
            #expect(outcome.text.contains("  needs work  auth-type  Ingress shop/web\n"))
            #expect(outcome.text.contains("  no effect   disable-ipv6  ConfigMap infra/settings\n"))
            #expect(outcome.text.contains("  no effect   --profiling  Deployment infra/controller\n"))
            #expect(!outcome.text.contains("<cluster>"))
            let requests = await server.requests
            #expect(requests.allSatisfy { $0.method == "GET" && !$0.isWatch })
        }
    }

    @Test func `what may not be read is taken to be there, and is told`() async throws {
        try await use { server, shell in
            await server.script(Array(repeating: .status(403, reason: "Forbidden"), count: 9)) {
                $0.path.hasSuffix("/secrets") || $0.path.hasSuffix("/deployments")
            }
            let outcome = try await shell.run("migrate", "--cluster", "--kubeconfig", "kubeconfig", "--format", "json")
            #expect(outcome.status == 1)
            #expect(outcome.text.contains("objects of kind Secret may not be read with these credentials"))
            #expect(outcome.text.contains("objects of kind Deployment may not be read"))
            #expect(outcome.text.contains("no Deployment, DaemonSet or chart values"))
        }
    }

    @Test func `a cluster whose Ingresses may not be read is a failure, as are paths beside it`() async throws {
        try await use { server, shell in
            await server.script([.status(403, reason: "Forbidden", message: "no")]) { $0.path.hasSuffix("/ingresses") }
            let forbidden = try await shell.run("migrate", "--cluster", "--kubeconfig", "kubeconfig")
            #expect(forbidden.status == 2)
            #expect(forbidden.errors.contains("ingresses: the API server answers 403"))
            let paths = try await shell.run("migrate", "--cluster", "kubeconfig")
            #expect(paths.status == 2)
            let alone = try await shell.run("migrate", "--context", "x", "kubeconfig")
            #expect(alone.errors.contains("Options of a cluster are for --cluster."))
        }
    }
}
