import ControllerTestSupport
import ControlPlaneTestSupport
import Foundation
import TestSupport
import Testing

/// The rights that `Deploy/` grants are those that Postern needs, and no more.
@Suite(.timeLimit(.minutes(10)))
struct AccessTests {
    @Test func `every right that is granted is used, and none is missing, in new clusters and in old ones`()
        async throws
    {
        var used: Set<Access> = []
        var granted: Set<Access> = []
        // Without what came after Ingresses of `extensions`, and without whoever needs it.
        let old = [
            "--runtime-config=networking.k8s.io/v1=false,networking.k8s.io/v1beta1=false,"
                + "discovery.k8s.io/v1beta1=false",
            "--disable-admission-plugins=DefaultIngressClass",
        ]
        for options in [[], old] {
            try await AuditLog.use { log in
                try await ControlPlane.use(serverOptions: options + log.options) { plane in
                    try await plane.kubectl.create("apiVersion: v1\nkind: Namespace\nmetadata: {name: postern}\n")
                    let manifest = PackageRoot.url.appending(path: "Deploy/base/access.yaml").path
                    try await plane.kubectl.output(["-n", "postern", "apply", "-f", manifest])
                    try await Self.live(on: plane, isOld: !options.isEmpty)
                    granted = try await Access.granted(on: plane)
                }
                let requests = try log.requests(of: "system:serviceaccount:postern:postern")
                #expect(requests.filter { $0.code == 403 } == [])
                used.formUnion(requests.map(\.access))
            }
        }
        #expect(used.subtracting(granted).sorted() == [])
        #expect(granted.subtracting(used).sorted() == [])
    }

    /// All that Postern does in a cluster.
    private static func live(on plane: ControlPlane, isOld: Bool) async throws {
        try await ClusterStage.use(at: try EndpointAddress.unique().description, of: plane) { stage in
            var stage = stage
            stage.site.input = .cluster(
                kubeconfig: try await plane.kubeconfig(serviceAccount: "postern", in: "postern")
            )
            stage.site.environment = ["POD_NAME": "postern-0", "POD_NAMESPACE": "postern"]
            try await plane.kubectl.apply(pod)
            try await plane.patchStatus(
                at: "/api/v1/nodes/node-0",
                #"{"status":{"addresses":[{"type":"ExternalIP","address":"192.0.2.7"}]}}"#
            )
            try await plane.patchStatus(
                at: "/api/v1/namespaces/postern/pods/postern-0",
                #"{"status":{"phase":"Running"}}"#
            )
            try await plane.kubectl.patch("namespace/\(stage.namespace)", #"{"metadata":{"labels":{"team":"shop"}}}"#)
            try await stage.apply(stage.service("web"), isOld ? oldObjects(stage) : newObjects(stage))
            let options = [
                "--watch-namespace-selector", "team=shop", "--publish-service", "postern/entry",
                "--controller-class", stage.controllerClass, "--ingress-class", stage.namespace,
                "--configmap", "postern/postern",
            ]
            // What stands when the next one begins, and is told already, is told again in place.
            for _ in 0..<2 {
                let end = try await stage.site.run(options) { postern in
                    try await stage.awaitAnswer("web", of: "http://a.example/")
                    try await stage.awaitAddresses(["192.0.2.7"], of: "shop")
                    try await eventually("the event") {
                        try await stage.events(of: "shop")["ServiceNotFound"] != nil
                    }
                    try await eventually("the event is told by this one") {
                        try await stage.metrics().contains {
                            $0.hasPrefix("postern_api_requests_total{verb=\"create\",resource=\"events\"")
                        }
                    }
                    postern.send(SIGTERM)
                    try await postern.awaitEnd()
                }
                #expect(end.status == .exited(0), "\(end.log)")
            }
        }
    }

    private static func newObjects(_ stage: ClusterStage) -> String {
        [
            stage.ingressClass, stage.slice("web-1", of: "web", to: "web"),
            stage.ingress("shop", ["a.example": "web", "b.example": "missing"]),
        ].joined(separator: "---\n")
    }

    /// An Ingress of before there were classes, and Endpoints.
    private static func oldObjects(_ stage: ClusterStage) -> String {
        let path = { (service: String) in "{path: /, backend: {serviceName: \(service), servicePort: 80}}" }
        return """
            apiVersion: extensions/v1beta1
            kind: Ingress
            metadata:
              name: shop
              namespace: \(stage.namespace)
              annotations: {kubernetes.io/ingress.class: \(stage.namespace)}
            spec:
              rules:
              - {host: a.example, http: {paths: [\(path("web"))]}}
              - {host: b.example, http: {paths: [\(path("missing"))]}}
            ---
            apiVersion: v1
            kind: Endpoints
            metadata: {name: web, namespace: \(stage.namespace)}
            subsets: [{addresses: [{ip: \(stage.host)}], ports: [{name: http, port: \(stage.backends["web"] ?? 0)}]}]

            """
    }

    /// The Pod and the node that Postern runs on, and the Service in front of it.
    private static let pod = """
        apiVersion: v1
        kind: Node
        metadata: {name: node-0}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: postern-0, namespace: postern, labels: {app: postern}}
        spec: {nodeName: node-0, containers: [{name: postern, image: postern}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: entry, namespace: postern}
        spec: {type: NodePort, ports: [{port: 80}]}

        """
}
