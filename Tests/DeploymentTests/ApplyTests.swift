import TestSupport
import ControlPlaneTestSupport
import Foundation
import Testing

/// The manifests of Deploy/ on a real API server, which must grant what Postern needs.
@Suite(.timeLimit(.minutes(10)))
struct ApplyTests {
    @Test func `each folder is taken by the API server, and differs from the others where it must`() async throws {
        try await ControlPlane.use { plane in
            for kustomization in Kustomization.clusterWide {
                try await plane.kubectl.apply(try await kustomization.manifests(for: plane))
                let deployment: AppliedDeployment = try await plane.kubectl.get("deployment/postern", in: "postern")
                let service: AppliedService = try await plane.kubectl.get("service/postern", in: "postern")
                try Self.check(kustomization, deployment, service)
                let classes: AppliedList<AppliedClass> = try await plane.kubectl.get("ingressclasses")
                let isBeside = kustomization == .besideIngressNginx
                #expect(
                    classes.items.map { "\($0.metadata.name) \($0.spec.controller)" }
                        == [isBeside ? "postern postern.dev/ingress-controller" : "nginx k8s.io/ingress-nginx"]
                )
                try await plane.kubectl.delete("deployment/postern", "service/postern", in: "postern")
                try await plane.kubectl.output(["delete", "ingressclasses", "--all"])
            }
            try await Self.checkAccess(plane)
            try await plane.kubectl.apply(try await Kustomization.ingressConfigMaps.manifests(for: plane))
            let may = try await Self.access(plane)
            for verb in ["list", "watch"] {
                #expect(try await may("\(verb) configmaps", ["--namespace", "default"]))
            }
            #expect(try await may("patch configmaps", ["--namespace", "default"]) == false)
        }
    }

    private static func check(
        _ kustomization: Kustomization,
        _ deployment: AppliedDeployment,
        _ service: AppliedService
    ) throws {
        let arguments = try #require(deployment.container("postern")).args
        let isElsewhere = kustomization == .besideIngressNginx
        #expect(arguments.contains("--controller-class=postern.dev/ingress-controller") == isElsewhere)
        #expect(arguments.contains("--ingress-class=postern") == isElsewhere)
        let isOnNodes = kustomization == .bareMetal || kustomization == .kind
        #expect(deployment.hostPorts == (isOnNodes ? [80, 443] : []), "\(kustomization)")
        let isBalanced = [.cloud, .besideIngressNginx, .oneNamespace].contains(kustomization)
        #expect(service.spec.type == (isBalanced ? "LoadBalancer" : "ClusterIP"), "\(kustomization)")
        #expect(service.spec.ports.map(\.port) == [80, 443])
        #expect(service.spec.selector == deployment.spec.template.metadata.labels)
        #expect(deployment.spec.replicas == (kustomization == .kind ? 1 : 2))
        let addresses = arguments.filter { $0.hasPrefix("--publish") }
        switch kustomization {
        case .base, .bareMetal: #expect(addresses == [])
        case .cloud, .besideIngressNginx: #expect(addresses == ["--publish-service=$(POD_NAMESPACE)/postern"])
        case .kind: #expect(addresses == ["--publish-status-address=localhost"])
        case .oneNamespace: #expect(arguments.contains("--watch-namespace=$(POD_NAMESPACE)"))
        case .ingressConfigMaps: Issue.record("these are rights alone")
        }
        #expect(arguments.contains("--configmap=$(POD_NAMESPACE)/postern"))
    }

    @Test func `for one namespace a Role is all that there is`() async throws {
        try await ControlPlane.use { plane in
            try await plane.kubectl.apply(try await Kustomization.oneNamespace.manifests(for: plane))
            let deployment: AppliedDeployment = try await plane.kubectl.get("deployment/postern", in: "postern")
            let service: AppliedService = try await plane.kubectl.get("service/postern", in: "postern")
            try Self.check(.oneNamespace, deployment, service)
            let may = try await Self.access(plane)
            for request in Self.allowedInOneNamespace {
                #expect(try await may(request, ["--namespace", "postern"]), "\(request) must be allowed")
                #expect(try await may(request, ["--namespace", "default"]) == false, "\(request) must not be allowed")
            }
            for request in Self.allowedEverywhere {
                #expect(try await may(request, ["--all-namespaces"]) == false, "\(request) must not be allowed")
            }
            for request in Self.refused {
                #expect(try await may(request, ["--namespace", "postern"]) == false, "\(request) must not be allowed")
            }
        }
    }

    @Test func `the port for health is open to the namespace of Prometheus alone`() async throws {
        try await ControlPlane.use { plane in
            try await plane.kubectl.apply(try await Kustomization.base.manifests(for: plane))
            let policy: AppliedPolicy = try await plane.kubectl.get("networkpolicy/postern", in: "postern")
            let rules = policy.spec.ingress.filter { $0.ports.contains { $0.port == "health" } }
            #expect(
                rules.map { $0.from?.map(\.namespaceSelector?.matchLabels) } == [
                    [["kubernetes.io/metadata.name": "monitoring"]]
                ]
            )
            let deployment: AppliedDeployment = try await plane.kubectl.get("deployment/postern", in: "postern")
            let folders = deployment.spec.template.spec.volumes.filter { $0.emptyDir != nil }
            #expect(folders.count == 3 && folders.allSatisfy { $0.emptyDir?.sizeLimit != nil })
        }
    }

    /// Asks the API server what the service account may do.
    private static func access(
        _ plane: ControlPlane
    ) async throws -> (_ request: String, _ place: [String]) async throws -> Bool {
        let kubeconfig = try await plane.kubeconfig(serviceAccount: "postern", in: "postern")
        let postern = plane.kubectl(as: kubeconfig)
        return { request, place in
            let words = request.split(separator: " ").map(String.init)
            return try await postern.run(["auth", "can-i"] + words + place).text.hasPrefix("yes")
        }
    }

    private static func checkAccess(_ plane: ControlPlane) async throws {
        let may = try await access(plane)
        for request in allowedEverywhere {
            #expect(try await may(request, ["--all-namespaces"]), "\(request) must be allowed")
        }
        for request in allowedAtHome {
            #expect(try await may(request, ["--namespace", "postern"]), "\(request) must be allowed in its namespace")
            #expect(try await may(request, ["--namespace", "default"]) == false, "\(request) must not be allowed")
        }
        for request in refused {
            #expect(try await may(request, ["--namespace", "postern"]) == false, "\(request) must not be allowed")
        }
    }

    private static let allowedEverywhere = [
        "list ingresses.networking.k8s.io", "watch ingresses.networking.k8s.io", "list ingressclasses",
        "watch ingressclasses", "list services", "watch services", "list endpointslices", "watch endpointslices",
        "list endpoints", "watch endpoints", "list secrets", "watch secrets", "list namespaces", "watch namespaces",
        "get nodes", "patch ingresses.networking.k8s.io --subresource=status",
        "patch ingresses.extensions --subresource=status",
        "list ingresses.extensions", "create events", "get events", "patch events",
    ]

    private static let allowedAtHome = [
        "get leases", "create leases", "patch leases", "get pods", "list pods",
        "list configmaps/postern", "watch configmaps/postern",
    ]

    private static let allowedInOneNamespace = [
        "list ingresses.networking.k8s.io", "watch ingresses.networking.k8s.io", "get services", "list services",
        "watch services", "list endpointslices", "watch endpointslices", "list secrets", "watch secrets",
        "patch ingresses.networking.k8s.io --subresource=status", "create events", "get events", "patch events",
        "get leases", "create leases", "patch leases", "get pods", "list pods",
        "list configmaps/postern", "watch configmaps/postern",
    ]

    private static let refused = [
        "create ingresses.networking.k8s.io", "patch ingresses.networking.k8s.io", "delete ingresses.networking.k8s.io",
        "create secrets", "patch secrets", "delete secrets", "patch services", "patch endpoints", "list configmaps",
        "list nodes", "patch nodes", "create pods", "delete pods", "create pods --subresource=exec", "delete leases",
        "list events",
        "delete events", "create serviceaccounts --subresource=token", "patch clusterroles", "impersonate users",
    ]
}
