import ControllerTestSupport
import Foundation
import NginxTestSupport
import TestSupport

/// Services whose endpoints are replaced one by one, and an nginx that is all of these.
struct RollingServices {
    /// How long an endpoint was to be asked: from when it came until it went.
    struct Time {
        var start: Double?
        var end: Double?
    }

    let site: ControllerSite
    private let services: RollingManifests
    /// The addresses of the endpoints that each Service has at first, and of those that take their places.
    private let addresses: (old: [String], new: [String])
    private let folder: URL

    /// Makes Services for `body`, and runs their endpoints meanwhile.
    static func use(
        _ services: Int,
        endpoints: Int,
        on site: ControllerSite,
        body: (RollingServices) async throws -> Void
    ) async throws {
        let addresses = (1...(2 * endpoints)).map { "198.51.100.\($0)" }
        try await TemporaryFolder.use { folder in
            let rolling = RollingServices(
                site: site,
                services: RollingManifests(ports: try (0..<services).map { _ in try ClaimedPort.next() }),
                addresses: (Array(addresses.prefix(endpoints)), Array(addresses.suffix(endpoints))),
                folder: folder
            )
            try Data(rolling.services.backend().utf8).write(to: folder.appending(path: "nginx.conf"))
            try site.write(rolling.services.ingress, to: "ingress.yaml")
            for port in rolling.services.ports { try rolling.write(port, rolling.addresses.old.map { ($0, true) }) }
            try await LiveNginx.run(in: folder) { _ in try await body(rolling) }
        }
    }

    var paths: [String] { services.paths }

    /// Replaces every endpoint by another; returns when each was one, by its name in the log.
    ///
    /// A new one is ready before an old one ends, and that is terminating before it is gone.
    func replaceAll() async throws -> [String: Time] {
        var times: [String: Time] = [:]
        let count = addresses.old.count
        for place in 0..<count {
            for port in services.ports {
                let (old, new) = (addresses.old[place], addresses.new[place])
                let others = addresses.new.prefix(place) + addresses.old.dropFirst(place + 1)
                let rest = others.map { ($0, true) }
                times["\(new):\(port)", default: Time()].start = Date().timeIntervalSince1970
                try write(port, rest + [(old, true), (new, true)])
                try await Task.sleep(for: .milliseconds(50))
                times["\(old):\(port)", default: Time()].end = Date().timeIntervalSince1970
                try write(port, rest + [(old, false), (new, true)])
                try await Task.sleep(for: .milliseconds(50))
                try write(port, rest + [(new, true)])
            }
        }
        return times
    }

    /// When each endpoint was asked first and last, in seconds since 1970.
    func asked() throws -> [String: (first: Double, last: Double)] {
        let text = try String(contentsOf: folder.appending(path: "arrivals"), encoding: .utf8)
        var asked: [String: (first: Double, last: Double)] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 2, let time = Double(words[0]) else { continue }
            let first = asked[String(words[1])]?.first ?? time
            asked[String(words[1])] = (first, time)
        }
        return asked
    }

    private func write(_ port: UInt16, _ list: [(address: String, isReady: Bool)]) throws {
        let endpoints = list.map { ServiceManifest.Endpoint($0.address, isReady: $0.isReady) }
        try site.write(ServiceManifest.text("s\(port)", at: port, endpoints), to: "s\(port).yaml")
    }
}
