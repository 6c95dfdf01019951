import EchoBackend
import Foundation
import TestSupport

/// A controller with its nginx, and the backends of a feature's Services.
struct Stage: Sendable {
    let client: CurlClient
    let place: Place

    /// Runs a controller on a feature while `body` runs, from when the feature is served.
    static func use(_ feature: Feature, from feed: Feed, body: (Stage) async throws -> Void) async throws {
        try await ControllerSite.use { site in
            let name = "conformance-\(UUID().uuidString.prefix(8).lowercased())"
            let place = Place(namespace: name, ingressClass: name)
            let end = try await withBackends(of: feature, in: place) { services in
                let manifests = place.classManifest + services + feature.manifests(place)
                switch feed {
                case .folder: try site.write(manifests, to: "all.yaml")
                }
                return try await site.run(["--controller-class", place.controllerClass]) { postern in
                    try await postern.awaitLog(" serves: ")
                    try await body(Stage(client: site.client, place: place))
                    postern.send(SIGTERM)
                    try await postern.awaitEnd()
                }
            }
            guard end.status == .exited(0) else { throw Failure(log: end.log) }
        }
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
                    let address = try LoopbackAddress.unique().description
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
