import Diagnostics
import Foundation
import IngressTranslation
import KubernetesModel
import Manifests
import NginxRendering
import NginxSyntax
import NginxTestSupport
import ProxyConfiguration
import TestSupport

/// Hosts that two configurations serve, one of Postern's and one written by hand, and the backend of both.
struct DataPlaneSite {
    enum Author: String, CaseIterable {
        case byHand = "by-hand"
        case postern
    }

    /// Where one of the configurations is served.
    struct Ports {
        let http: UInt16
        let https: UInt16
        /// Where it is asked by what ends a count.
        let mark: UInt16

        init() throws { (http, https, mark) = (try FreePort.find(), try FreePort.find(), try FreePort.find()) }
    }

    let hosts: Int
    let isLogged: Bool
    let ports: [Author: Ports]
    private let backend: UInt16
    private let workers: Int
    private let sharesSockets: Bool

    /// - Parameter sharesSockets: Whether all workers take connections from one socket.
    init(hosts: Int, isLogged: Bool, workers: Int = 1, sharesSockets: Bool = false) throws {
        (self.hosts, self.isLogged) = (hosts, isLogged)
        (self.workers, self.sharesSockets) = (workers, sharesSockets)
        ports = [.byHand: try Ports(), .postern: try Ports()]
        backend = try FreePort.find()
    }

    var title: String { "\(hosts) hosts, \(isLogged ? "with" : "without") an access log" }

    func folder(of author: Author, in folder: URL) -> URL { folder.appending(path: author.rawValue) }

    /// The places of hosts in the configuration that are asked.
    var places: [(name: String, host: String)] {
        let first = (name: "first host", host: ClusterText.host(0))
        return hosts > 1 ? [first, (name: "last host", host: ClusterText.host(hosts - 1))] : [first]
    }

    /// Writes both configurations, each in a folder of its own.
    func write(in folder: URL) throws {
        let generation = try generation()
        for (author, ports) in ports {
            let own = self.folder(of: author, in: folder)
            for file in generation.files where file.path != "nginx.conf" {
                let url = own.appending(path: file.path)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Data(file.content.bytes).write(to: url)
            }
            let text =
                switch author {
                case .byHand: HandWrittenConfiguration(hosts: hosts, isLogged: isLogged).text
                case .postern: generation.configurationText
                }
            try Data(placed(text, at: ports).utf8).write(to: own.appending(path: "nginx.conf"))
        }
    }

    /// The configuration at ports of this machine, with its backend in the place of all endpoints.
    private func placed(_ text: String, at ports: Ports) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> Substring in
            let words = line.drop { $0 == " " }
            if words.hasPrefix("server 10.") { return "server 127.0.0.1:\(backend) max_fails=0;" }
            if words.hasPrefix("listen 80") { return "listen 127.0.0.1:\(ports.http)\(words.dropFirst(9))" }
            if words.hasPrefix("listen 443") { return "listen 127.0.0.1:\(ports.https)\(words.dropFirst(10))" }
            if words.hasPrefix("worker_processes ") { return "worker_processes \(workers);" }
            // h2load opens no new connection where one is closed.
            if words == "keepalive_requests 1000;" { return "keepalive_requests 1000000000;" }
            if words == "http {" {
                return "http { server { listen 127.0.0.1:\(ports.mark); access_log off; location / { return 204; } }"
            }
            return line
        }
        let text = lines.joined(separator: "\n")
        return sharesSockets ? text.replacing(" reuseport", with: "") : text
    }

    private func generation() throws -> Generation {
        var snapshot = ManifestReader().read(
            [ManifestFile(name: "cluster.yaml", text: ClusterText(ingresses: hosts).yaml)]
        ).snapshot
        snapshot.ingressClasses = [
            IngressClass(metadata: ObjectMetadata(name: "nginx"), controller: ClassRules.ingressNginx)
        ]
        var settings = try RenderingBenchmark.settings()
        settings.listeners = [(Listener.Scheme.http, 80), (.https, 443)].flatMap { scheme, number in
            PortNumber(number).map { [Listener(scheme, at: .port($0))] } ?? []
        }
        settings.process.accessLog = isLogged ? FilePath(known: "/dev/null") : nil
        let translation = translate(snapshot, with: settings)
        try ShapedCluster.check(translation)
        return try RenderingBenchmark.renderer().render(translation.configuration)
    }

    /// Serves the backend of both while `body` runs: it answers a request at once, and says at `/seen` what it was told of it.
    func withBackend(in folder: URL, _ body: () async throws -> Void) async throws {
        let own = folder.appending(path: "backend")
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        let text = """
            worker_processes 1;
            events { worker_connections 4096; }
            http {
                access_log off;
                keepalive_requests 1000000000;
                server {
                    listen 127.0.0.1:\(backend);
                    location / { return 200 "a page of a shop that says this and no more\\n"; }
                    location = /seen { return 200 "\(Self.seen.map { "\($0): $http_\($0) " }.joined())"; }
                }
            }

            """
        try Data(text.utf8).write(to: own.appending(path: "nginx.conf"))
        try await LiveNginx.run(in: own) { _ in try await body() }
    }

    /// The headers that backends are told, but for the identifier, which is another each time, and the port.
    private static let seen = [
        "host", "connection", "upgrade", "x_real_ip", "x_forwarded_for", "x_forwarded_host", "x_forwarded_proto",
        "x_forwarded_scheme", "x_scheme", "x_original_forwarded_for", "x_original_forwarded_host", "user_agent",
    ]

    /// Throws unless both configurations say the same to the backend.
    func check(in folder: URL) async throws {
        var answers: [String] = []
        for author in Author.allCases {
            guard let ports = ports[author] else { continue }
            try await LiveNginx.run(in: self.folder(of: author, in: folder)) { _ in
                for place in places {
                    let answer = LoopbackRequest(port: ports.http, host: place.host).send("/seen") ?? ""
                    answers.append(String(answer.split(separator: "\r\n").last ?? ""))
                }
            }
        }
        let (hand, own) = (answers.prefix(places.count), answers.suffix(places.count))
        guard hand == own, hand.allSatisfy({ $0.contains("host: shop-") }) else {
            throw BenchmarkError.failed("backends are told different things:\n\(answers.joined(separator: "\n"))")
        }
    }
}
