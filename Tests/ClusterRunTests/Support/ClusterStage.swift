import ControlPlaneTestSupport
import ControllerTestSupport
import CurlTestSupport
import EchoBackend
import Foundation
import TestSupport

/// A controller that serves one namespace of a real cluster, and backends that say who they are.
struct ClusterStage: Sendable {
    let plane: ControlPlane
    var site: ControllerSite
    let namespace: String
    /// The address of all backends, and the port of each by name.
    let host: String
    let backends: [String: UInt16]

    /// Where the status of Ingresses says that they are reached.
    static let address = "192.0.2.10"

    /// Makes the namespace and starts the backends, but no controller.
    static func use(
        _ names: [String] = ["web", "api"],
        at host: String? = nil,
        of plane: ControlPlane? = nil,
        _ body: (ClusterStage) async throws -> Void
    ) async throws {
        let plane = if let plane { plane } else { try await ControlPlane.shared() }
        let namespace = try await plane.newNamespace("run")
        let host = try host ?? EndpointAddress.unique().description
        try await EchoBackend.run(named: names, host: host) { addresses in
            try await ControllerSite.use { site in
                var site = site
                site.input = .cluster(kubeconfig: plane.kubectl.kubeconfig)
                let backends = addresses.mapValues(\.port)
                try await body(
                    ClusterStage(plane: plane, site: site, namespace: namespace, host: host, backends: backends)
                )
            }
        }
    }

    /// Runs a controller, and `body` beside it from when it has served for the first time; then kills it with -9 if it
    /// is still there.
    func running(
        _ options: [String] = ["--publish-status-address", address],
        as site: ControllerSite? = nil,
        _ body: (ControllerProcess) async throws -> Void
    ) async throws -> ControllerProcess.End {
        try await (site ?? self.site).run(ownOptions + options) { postern in
            try await postern.awaitLog(" serves")
            try await body(postern)
        }
    }

    /// The options that keep a controller to the objects of its test.
    var ownOptions: [String] {
        ["--controller-class", controllerClass, "--watch-namespace", namespace, "--election-id", namespace]
    }

    /// A class of this test alone: IngressClasses live in no namespace.
    var controllerClass: String { "example.com/\(namespace)" }

    var kubectl: Kubectl { plane.kubectl }

    func apply(_ manifests: String...) async throws {
        try await kubectl.apply(manifests.joined(separator: "\n---\n"))
    }

    /// The answer of nginx for a host: `web` for a backend of that name, else the status.
    func answer(_ url: String, _ site: ControllerSite? = nil) async -> String {
        do {
            let response = try await (site ?? self.site).client.send("GET \(url)")
            return response.echo?.backend ?? "\(response.status)"
        } catch {
            return "\(error)"
        }
    }

    func awaitAnswer(_ answer: String, of url: String, from site: ControllerSite? = nil) async throws {
        var last = ""
        do {
            try await eventually("\(url) answers \(answer)") {
                last = await self.answer(url, site)
                return last == answer
            }
        } catch let error as DeadlineExceeded {
            throw DeadlineExceeded(description: "\(error); the last answer is \(last)")
        }
    }

    /// Of the certificate that nginx shows for a host.
    func fingerprint(_ host: String) async throws -> String? {
        try await site.client.send("GET https://\(host)/").certificate?.sha256
    }

    /// The addresses that the status of an Ingress tells.
    func addresses(of ingress: String) async throws -> [String] {
        let object: StatusObject = try await kubectl.get("ingress/\(ingress)", in: namespace)
        return (object.status.loadBalancer.ingress ?? []).compactMap { $0.ip ?? $0.hostname }
    }

    func awaitAddresses(_ addresses: [String], of ingress: String) async throws {
        try await eventually("the status of \(ingress) tells \(addresses)") {
            try await self.addresses(of: ingress) == addresses
        }
    }

    /// The events of an Ingress, by reason.
    func events(of ingress: String) async throws -> [String: [ClusterEvent]] {
        let list: EventList = try await kubectl.get("events", in: namespace)
        return Dictionary(grouping: list.items.filter { $0.involvedObject.name == ingress }, by: \.reason)
    }

    /// The value of a metric, with its labels as they are written.
    func metric(_ name: String, _ site: ControllerSite? = nil) async throws -> Double? {
        let line = try await metrics(site).first { $0.hasPrefix("\(name) ") }
        return line.flatMap { Double($0.dropFirst(name.count + 1)) }
    }

    func metrics(_ site: ControllerSite? = nil) async throws -> [Substring] {
        try await health("/metrics", site).text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    }

    func health(_ path: String, _ site: ControllerSite? = nil) async throws -> CurlResponse {
        let port = (site ?? self.site).healthPort
        return try await CurlClient(address: "127.0.0.1").send("GET http://127.0.0.1:\(port)\(path)")
    }
}

private struct StatusObject: Decodable {
    struct Address: Decodable {
        var ip: String?
        var hostname: String?
    }

    struct LoadBalancer: Decodable { var ingress: [Address]? }
    struct Status: Decodable { var loadBalancer: LoadBalancer }
    var status: Status
}

struct ClusterEvent: Decodable, Hashable {
    struct Involved: Decodable, Hashable {
        var kind: String
        var name: String
        var uid: String?
    }

    var involvedObject: Involved
    var reason: String
    var message: String
    var type: String
    var count: Int?
}

private struct EventList: Decodable { var items: [ClusterEvent] }
