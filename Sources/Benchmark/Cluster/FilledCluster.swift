import ControlPlaneTestSupport
import Curl
import Foundation
import KubernetesClient
import TestSupport

/// A cluster with Ingresses, each with a Service and an EndpointSlice of its own.
///
/// `/` of each host is a redirect, and no request reaches an endpoint.
struct FilledCluster: Sendable {
    private let client: APIClient
    private static let namespace = "benchmark"

    init(_ plane: ControlPlane) throws {
        client = APIClient(try .load(kubeconfig: plane.kubectl.kubeconfig))
    }

    static func host(_ number: Int) -> String { "application-\(number).example.com" }

    /// Creates all objects, some at a time.
    func fill(ingresses count: Int) async throws {
        try await create(#"{"metadata":{"name":"\#(Self.namespace)"}}"#, at: "/api/v1/namespaces")
        try await create(
            #"{"metadata":{"name":"nginx"},"spec":{"controller":"k8s.io/ingress-nginx"}}"#,
            at: "/apis/networking.k8s.io/v1/ingressclasses"
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                if number >= 16 { try await group.next() }
                group.addTask { try await create(number) }
            }
            try await group.waitForAll()
        }
    }

    /// Waits until the status of all Ingresses is written, so that nothing else is going on.
    func awaitStatus(ingresses count: Int) async throws {
        try await eventually("the status of all Ingresses", within: .seconds(300)) {
            let list: IngressList = try await client.get("\(Self.path)/ingresses")
            return list.items.count { $0.status.loadBalancer.ingress?.isEmpty == false } == count
        }
    }

    /// Changes where an Ingress leads to.
    func change(_ number: Int, appRoot: String) async throws {
        let patch = #"{"metadata":{"annotations":{"nginx.ingress.kubernetes.io/app-root":"\#(appRoot)"}}}"#
        _ = try await client.send(
            APIRequest(.patch(.merge), "\(Self.path)/ingresses/application-\(number)", body: Array(patch.utf8))
        )
    }

    func manifest(of number: Int, appRoot: String) -> String { ingress(number, appRoot: appRoot) }

    private static let path = "/apis/networking.k8s.io/v1/namespaces/\(namespace)"

    private func create(_ number: Int) async throws {
        let name = "application-\(number)"
        try await create(
            #"{"metadata":{"name":"\#(name)"},"spec":{"ports":[{"name":"http","port":80}]}}"#,
            at: "/api/v1/namespaces/\(Self.namespace)/services"
        )
        let pods = (1...3).map { #"{"addresses":["10.\#($0).\#(number / 250).\#(number % 250 + 1)"]}"# }
        try await create(
            #"{"metadata":{"name":"\#(name)","labels":{"kubernetes.io/service-name":"\#(name)"}},"addressType":"IPv4","#
                + #""ports":[{"name":"http","port":8080}],"endpoints":[\#(pods.joined(separator: ","))]}"#,
            at: "/apis/discovery.k8s.io/v1beta1/namespaces/\(Self.namespace)/endpointslices"
        )
        try await create(ingress(number, appRoot: "/welcome"), at: "\(Self.path)/ingresses")
    }

    private func ingress(_ number: Int, appRoot: String) -> String {
        let name = "application-\(number)"
        let paths = ["/", "/api"].map { path in
            #"{"path":"\#(path)","pathType":"Prefix","#
                + #""backend":{"service":{"name":"\#(name)","port":{"number":80}}}}"#
        }
        return #"{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"\#(name)","#
            + #""namespace":"\#(Self.namespace)","annotations":{"nginx.ingress.kubernetes.io/app-root":"\#(appRoot)"}},"#
            + #""spec":{"ingressClassName":"nginx","rules":[{"host":"\#(Self.host(number))","#
            + #""http":{"paths":[\#(paths.joined(separator: ","))]}}]}}"#
    }

    private func create(_ object: String, at path: String) async throws {
        _ = try await client.send(APIRequest(.post, path, body: Array(object.utf8)))
    }

    private struct IngressList: Decodable {
        struct LoadBalancer: Decodable { var ingress: [[String: String]]? }
        struct Status: Decodable { var loadBalancer: LoadBalancer }
        struct Item: Decodable { var status: Status }
        var items: [Item]
    }
}
