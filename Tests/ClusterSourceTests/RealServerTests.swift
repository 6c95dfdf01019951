import ClusterSource
import ControlPlaneTestSupport
import Diagnostics
import Foundation
import KubernetesClient
import KubernetesModel
import TestSupport
import Testing
import Timing

@Suite(.timeLimit(.minutes(10)))
struct `A source on a real API server` {
    @Test
    func `follows its objects`() async throws {
        let plane = try await ControlPlane.shared()
        let namespace = try await plane.newNamespace("source")
        try await plane.kubectl.apply(Self.manifests(namespace))
        let kubeconfig = try await plane.kubeconfig(user: "reader-\(namespace)", groups: ["system:masters"])
        try await Self.use(kubeconfig, ClusterScope(namespace: namespace)) { source in
            try await Self.eventually(source, "the objects") { reading in
                reading.snapshot.ingresses.count == 1 && reading.snapshot.endpointSlices.count == 1
                    && reading.snapshot.secrets.count == 1
            }
            #expect(await source.read().diagnostics.isEmpty)
            let before = await source.read()
            try await plane.patchStatus(
                at: "/apis/networking.k8s.io/v1/namespaces/\(namespace)/ingresses/web",
                #"{"status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.1"}]}}}"#
            )
            try await TestSupport.eventually("the status") {
                await source.ingresses().first?.addresses == [.ip("192.0.2.1")]
            }
            // Neither the status nor who wrote it is a part of what is translated.
            #expect(await source.read().snapshot == before.snapshot)
            try await plane.kubectl.delete("ingress/web", in: namespace)
            try await Self.eventually(source, "no Ingress") { $0.snapshot.ingresses.isEmpty }
        }
    }

    @Test
    func `reads what a service account may, and says which rule is lacking`() async throws {
        let plane = try await ControlPlane.shared()
        let namespace = try await plane.newNamespace("source")
        try await plane.kubectl.apply(Self.manifests(namespace) + Self.role(namespace))
        let kubeconfig = try await plane.kubeconfig(serviceAccount: "postern", in: namespace)
        try await Self.use(kubeconfig, ClusterScope(namespace: namespace)) { source in
            try await Self.eventually(source, "the objects") { $0.snapshot.ingresses.count == 1 }
            let findings = await source.read().diagnostics
            #expect(findings.map(\.code) == ["resource-forbidden", "resource-forbidden"])
            let account = "system:serviceaccount:\(namespace):postern"
            #expect(findings.allSatisfy { $0.message.contains(account) })
            #expect(
                findings.map(\.hint) == [
                    "grant get, list and watch on ingressclasses of the API group 'networking.k8s.io' by a ClusterRole",
                    "grant get, list and watch on secrets of the API group '' by a Role in the namespace '\(namespace)'",
                ]
            )
            try await plane.kubectl.patch("role/postern", in: namespace, Self.grant(configMaps: #"["none"]"#))
            try await Self.eventually(source, "the Secret") { $0.snapshot.secrets.count == 1 }
        }
    }

    @Test
    func `reads the ConfigMap that a Role grants by its name, and no other that is named before it may`() async throws {
        let plane = try await ControlPlane.shared()
        let namespace = try await plane.newNamespace("source")
        let maps = ["settings", "headers", "other"].map { name in
            "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name), namespace: \(namespace)}\ndata: {a: \(name)}\n"
        }
        try await plane.kubectl.apply(
            Self.manifests(namespace) + Self.role(namespace, configMaps: "[settings]") + maps.joined()
        )
        let kubeconfig = try await plane.kubeconfig(serviceAccount: "postern", in: namespace)
        var names = NamedObjects()
        names.globalConfigMap = NamespacedName(namespace: namespace, name: "settings")
        names.configMaps = { ingress, _ in
            [NamespacedName(namespace: ingress.metadata.namespace, name: "headers")]
        }
        try await Self.use(kubeconfig, ClusterScope(namespace: namespace), names) { source in
            let headers = try #require(ObjectReference(kind: "ConfigMap", namespace: namespace, name: "headers"))
            try await Self.eventually(source, "what may be read") { reading in
                reading.snapshot.configMaps.map(\.data) == [["a": "settings"]]
                    && reading.snapshot.refused == [headers]
            }
            let hints = await source.read().diagnostics.compactMap(\.hint).filter { $0.contains("configmaps") }
            #expect(
                hints == [
                    "grant get, list and watch on configmaps of the API group '' by a Role in the namespace "
                        + "'\(namespace)'"
                ]
            )
            let both = #"["settings", "headers"]"#
            try await plane.kubectl.patch("role/postern", in: namespace, Self.grant(configMaps: both))
            try await Self.eventually(source, "the other") { reading in
                Set(reading.snapshot.configMaps.map(\.data)) == [["a": "settings"], ["a": "headers"]]
                    && reading.snapshot.refused.isEmpty
            }
        }
    }

    @Test
    func `outlives the API server, and what that forgets`() async throws {
        try await ControlPlane.use { plane in
            let namespace = try await plane.newNamespace("source")
            try await plane.kubectl.apply(Self.manifests(namespace))
            try await Self.use("\(plane.folder)/admin.kubeconfig") { source in
                try await Self.eventually(source, "the objects") { $0.snapshot.ingresses.count == 1 }
                let before = await source.read()
                // Over HTTP/2 one connection carries all watches.
                #expect(OwnConnections.count(to: plane.port) == 1)
                try await plane.stopServer()
                try await plane.startServer()
                try await plane.kubectl.patch(
                    "service/web",
                    in: namespace,
                    #"{"spec":{"ports":[{"name":"b","port":81}]}}"#
                )
                try await Self.eventually(source, "the change") { reading in
                    reading.snapshot.services.contains { $0.ports.contains { $0.port == 81 } }
                }
                #expect(await source.read().snapshot.ingresses == before.snapshot.ingresses)
                // Nobody can go on from where the source is; it lists anew.
                try await plane.stopServer()
                try await plane.compact()
                try await plane.startServer()
                try await plane.kubectl.delete("ingress/web", in: namespace)
                try await Self.eventually(source, "no Ingress") { $0.snapshot.ingresses.isEmpty }
            }
        }
    }

    private static func use(
        _ kubeconfig: String,
        _ scope: ClusterScope = ClusterScope(),
        _ names: NamedObjects = NamedObjects(),
        _ body: @Sendable @escaping (ClusterSource) async throws -> Void
    ) async throws {
        let configuration = try ClusterConfiguration.load(kubeconfig: kubeconfig)
        let pace = ReflectorPace(
            backoff: Backoff(first: .milliseconds(50), longest: .seconds(1)),
            forbidden: Backoff(first: .milliseconds(200), longest: .seconds(1))
        )
        let source = ClusterSource(APIClient(configuration), scope: scope, names: names, pace: pace)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await source.watch() }
            defer { group.cancelAll() }
            try await body(source)
        }
    }

    private static func eventually(
        _ source: ClusterSource,
        _ what: String,
        _ condition: @escaping (ClusterReading) -> Bool
    ) async throws {
        try await TestSupport.eventually(what) {
            let reading = await source.read()
            return reading.isSynced && condition(reading)
        }
    }

    private static func grant(configMaps names: String) -> String {
        #"{"rules":[{"apiGroups":["","networking.k8s.io","discovery.k8s.io"],"#
            + #""resources":["services","secrets","ingresses","endpointslices"],"verbs":["get","list","watch"]},"#
            + #"{"apiGroups":[""],"resources":["configmaps"],"resourceNames":\#(names),"verbs":["list","watch"]}]}"#
    }

    private static func role(_ namespace: String, configMaps names: String = "[none]") -> String {
        """
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: postern, namespace: \(namespace)}
        rules:
        - apiGroups: ["", networking.k8s.io, discovery.k8s.io]
          resources: [services, ingresses, endpointslices]
          verbs: [get, list, watch]
        - {apiGroups: [""], resources: [configmaps], resourceNames: \(names), verbs: [list, watch]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: postern, namespace: \(namespace)}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: postern}
        subjects: [{kind: ServiceAccount, name: postern, namespace: \(namespace)}]

        """
    }

    private static func manifests(_ namespace: String) -> String {
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: web, namespace: \(namespace)}
        spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: \(namespace)}
        spec: {ports: [{name: a, port: 80}]}
        ---
        apiVersion: discovery.k8s.io/v1beta1
        kind: EndpointSlice
        metadata: {name: web-1, namespace: \(namespace), labels: {kubernetes.io/service-name: web}}
        addressType: IPv4
        endpoints: [{addresses: [198.51.100.1]}]
        ports: [{name: a, port: 8080}]
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: tls, namespace: \(namespace)}
        stringData: {a: b}

        """
    }
}
