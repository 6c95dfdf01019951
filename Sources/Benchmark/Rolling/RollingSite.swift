import Foundation
import NginxTestSupport
import TestSupport

/// Services whose endpoints are replaced, and an nginx that is all of their endpoints, at the addresses that
/// `scripts/in-own-network` gives this machine.
struct RollingSite {
    /// Where an endpoint comes or goes.
    struct Event {
        /// In seconds since 1970.
        var time: Double
        var endpoint: String
        var comes: Bool
    }

    let services: RollingManifests
    let manifests: URL
    /// The folder of the nginx that is the endpoints.
    let backends: URL
    private let folder: URL
    private let endpoints: Int

    init(in folder: URL, services: Int, endpoints: Int) throws {
        self.folder = folder
        self.endpoints = endpoints
        manifests = folder.appending(path: "manifests")
        backends = folder.appending(path: "backends")
        for folder in [manifests, backends] {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }
        var ports: Set<UInt16> = []
        while ports.count < services { ports.insert(try FreePort.find()) }
        self.services = RollingManifests(ports: ports.sorted())
        try Data(self.services.ingress.utf8).write(to: manifests.appending(path: "ingress.yaml"))
        for port in ports { try write(port, (0..<endpoints).map { ($0, true) }) }
        try Data(self.services.backend(buffering: "buffer=64k flush=200ms").utf8)
            .write(to: backends.appending(path: "nginx.conf"))
    }

    /// Replaces every endpoint by another; returns what came and went, and when.
    ///
    /// A new one is ready before an old one ends, and that is terminating before it is gone. Each lasts for a while longer, so
    /// that no request fails of which it is told too late.
    func replaceAll() async throws -> [Event] {
        var events: [Event] = []
        for number in 0..<endpoints {
            for port in services.ports {
                let steps: [([(Int, Bool)], Int, Bool)] = [
                    (listed(number, (number, true), (endpoints + number, true)), endpoints + number, true),
                    (listed(number, (number, false), (endpoints + number, true)), number, false),
                ]
                for (list, changed, comes) in steps {
                    try write(port, list)
                    events.append(
                        Event(time: Date().timeIntervalSince1970, endpoint: name(port, changed), comes: comes)
                    )
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
        }
        try await Task.sleep(for: .seconds(4))
        return events
    }

    /// What has been replaced already, what is, and what will be.
    private func listed(_ number: Int, _ middle: (Int, Bool)...) -> [(Int, Bool)] {
        (0..<number).map { (endpoints + $0, true) } + middle + (number + 1..<endpoints).map { ($0, true) }
    }

    /// How often the nginx that serves was told to read its files again.
    var reloads: Int {
        let log = try? String(contentsOf: folder.appending(path: "postern.log"), encoding: .utf8)
        return log?.split(separator: "\n").count { $0.contains(" serves: ") } ?? 0
    }

    /// When each endpoint was asked, in seconds since 1970.
    func arrivals() throws -> [String: [Double]] {
        let text = try String(contentsOf: backends.appending(path: "arrivals"), encoding: .utf8)
        var arrivals: [String: [Double]] = [:]
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " "))
            guard words.count == 2, let time = Double(Substring(words[0])) else { continue }
            arrivals[String(Substring(words[1])), default: []].append(time)
        }
        return arrivals
    }

    private func address(_ endpoint: Int) -> String { "198.51.100.\(endpoint + 1)" }

    private func name(_ port: UInt16, _ endpoint: Int) -> String { "\(address(endpoint)):\(port)" }

    private func write(_ port: UInt16, _ list: [(number: Int, isReady: Bool)]) throws {
        let endpoints = list.map { ServiceManifest.Endpoint(address($0.number), isReady: $0.isReady) }
        try Data(ServiceManifest.text("s\(port)", at: port, endpoints).utf8)
            .write(to: manifests.appending(path: "s\(port).yaml"), options: .atomic)
    }
}
