import Foundation
import TestSupport

/// Thousands of Services with an Ingress each, and an nginx that is all of their endpoints, at the addresses that
/// `scripts/in-own-network` gives this machine.
struct NamedServices {
    let count: Int
    let manifests: URL
    /// The folder of the nginx that is the endpoints.
    let backends: URL
    private let port: UInt16

    /// How many endpoints each Service has.
    static let endpoints = 3
    /// How many Services share a file; the first one has a file of its own.
    private static let services = 100

    init(_ count: Int, in folder: URL) throws {
        self.count = count
        manifests = folder.appending(path: "manifests")
        backends = folder.appending(path: "backends")
        port = try FreePort.find()
        for folder in [manifests, backends] {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }
        let ingresses = settings + (0..<count).map(ingress).joined()
        try Data(ingresses.utf8).write(to: manifests.appending(path: "ingresses.yaml"))
        try write(.all, generation: 0)
        try Data(backend.utf8).write(to: backends.appending(path: "nginx.conf"))
    }

    enum Part {
        case first, all
    }

    static func host(_ number: Int) -> String { "s\(number).example" }

    /// The addresses of a Service's endpoints, all of which are others in each generation.
    static func addresses(of number: Int, in generation: Int) -> [String] {
        (0..<endpoints).map { "198.51.100.\(1 + generation % 2 * 120 + (number + $0 * 40) % 120)" }
    }

    /// Replaces the endpoints of the first Service, or of all.
    func write(_ part: Part, generation: Int) throws {
        try write([0], generation, to: "first.yaml")
        guard case .all = part else { return }
        for start in stride(from: 1, to: count, by: Self.services) {
            try write(Array(start..<min(count, start + Self.services)), generation, to: "from-\(start).yaml")
        }
    }

    /// Adds an Ingress whose host nginx does not know yet.
    func addHost() throws {
        try Data(ingress(of: 0, host: "new.example", name: "new").utf8).write(
            to: manifests.appending(path: "new.yaml"),
            options: .atomic
        )
    }

    private func write(_ numbers: [Int], _ generation: Int, to file: String) throws {
        let text = numbers.map { service($0, generation) }.joined()
        try Data(text.utf8).write(to: manifests.appending(path: file), options: .atomic)
    }

    private func service(_ number: Int, _ generation: Int) -> String {
        let endpoints = ServiceManifest.Endpoint(Self.addresses(of: number, in: generation))
        return ServiceManifest.text("s\(number)", at: port, [endpoints]) + "---\n"
    }

    private func ingress(_ number: Int) -> String {
        ingress(of: number, host: Self.host(number), name: "s\(number)")
    }

    private func ingress(of number: Int, host: String, name: String) -> String {
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: \(name), namespace: shop}
        spec:
          rules:
          - host: \(host)
            http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: s\(number), port: {number: 80}}}}]}
        ---

        """
    }

    /// That nginx closes a connection after so many requests is nothing to be measured here.
    private var settings: String {
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings, namespace: shop}
        data: {keep-alive-requests: "1000000000"}
        ---

        """
    }

    private var backend: String {
        """
        worker_processes 4;
        error_log stderr;
        events { worker_connections 20000; }
        http {
            access_log off;
            keepalive_requests 1000000000;
            server {
                listen \(port) reuseport;
                return 200 $server_addr;
            }
        }

        """
    }
}
