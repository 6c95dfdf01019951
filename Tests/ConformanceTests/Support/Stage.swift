import ControlPlaneTestSupport
import ControllerTestSupport
import CurlTestSupport
import EchoBackend
import Foundation
import TestSupport

/// A controller with its nginx, and the backends of a feature's Services.
struct Stage: Sendable {
    let client: CurlClient
    let place: Place
    /// `nil` where a folder of manifests is served.
    private let plane: ControlPlane?

    /// The address under which clients reach this controller's nginx.
    static let address = "127.0.0.1"

    /// Runs a controller on a feature while `body` runs, from when the feature is served.
    static func use(_ feature: Feature, from feed: Feed, body: (Stage) async throws -> Void) async throws {
        try await ControllerSite.use { site in
            var site = site
            let plane = feed == .cluster ? try await ControlPlane.shared() : nil
            let name = try await plane?.newNamespace("conformance") ?? "conformance"
            let place = Place(namespace: name, ingressClass: name)
            if let plane { site.input = .cluster(kubeconfig: plane.kubectl.kubeconfig) }
            let options = ["--controller-class", place.controllerClass] + (plane == nil ? [] : clusterOptions(place))
            let end = try await withBackends(of: feature, in: place) { services in
                let manifests = place.classManifest + services + feature.manifests(place)
                if let plane {
                    try await plane.kubectl.apply(manifests)
                } else {
                    try site.write(manifests, to: "all.yaml")
                }
                return try await site.run(options) { postern in
                    try await postern.awaitLog(" serves: ")
                    try await body(Stage(client: site.client, place: place, plane: plane))
                    postern.send(SIGTERM)
                    try await postern.awaitEnd()
                }
            }
            guard end.status == .exited(0) else { throw Failure(log: end.log) }
        }
    }

    private static func clusterOptions(_ place: Place) -> [String] {
        [
            "--watch-namespace", place.namespace, "--election-id", place.namespace, "--publish-status-address", address,
        ]
    }

    /// Waits until the status of an Ingress shows where it is reached; at once where nobody is told.
    func awaitAddress(of ingress: String) async throws {
        try await eventually("the status of \(ingress) shows the address") {
            try await addresses(of: ingress).map { $0 == [Self.address] } ?? true
        }
    }

    /// The addresses that the status of an Ingress shows; `nil` where nobody is told.
    func addresses(of ingress: String) async throws -> [String]? {
        try await plane?.addresses(of: ingress, in: place.namespace)
    }

    /// Postern did not end as it should.
    struct Failure: Error {
        let log: String
    }

    /// Runs the backends of a feature, named as their Services with a number, and hands over the Services' manifests.
    private static func withBackends<Result: Sendable>(
        of feature: Feature,
        in place: Place,
        body: (String) async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var manifests = ""
            for service in feature.services {
                var addresses: [String] = []
                for number in 0..<feature.replicas {
                    let address = try EndpointAddress.unique().description
                    let backend = try EchoBackend(name: "\(service)/\(number)", host: address, port: 8080)
                    group.addTask { try await backend.run() }
                    _ = try await backend.address
                    addresses.append(address)
                }
                manifests += place.service(service, at: addresses)
            }
            defer { group.cancelAll() }
            return try await body(manifests)
        }
    }
}
