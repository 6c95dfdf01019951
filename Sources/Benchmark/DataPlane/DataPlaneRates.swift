import Foundation
import NginxTestSupport
import TestSupport

/// Measures how many requests a second one worker serves, and how long the slowest hundredth of them takes.
enum DataPlaneRates {
    private static let rounds = 5
    private static let seconds = 2

    private struct Rate {
        var requests: Double
        /// The time that 99 of 100 requests do not exceed, in milliseconds.
        var slowest: Double
    }

    /// The two configurations take turns, so that whatever else the machine does slows both.
    static func show(_ site: DataPlaneSite, in folder: URL) async throws {
        print(
            "\(site.title): a second (ms of 99 %)".padding(toLength: 58, withPad: " ", startingAt: 0),
            "by hand     Postern   ratio"
        )
        try await LiveNginx.run(in: site.folder(of: .byHand, in: folder)) { _ in
            try await LiveNginx.run(in: site.folder(of: .postern, in: folder)) { _ in
                for request in DataPlaneRequest.allCases where request != .resumedTLS {
                    for place in site.places { try await show(request, place, site) }
                }
            }
        }
    }

    private static func show(
        _ request: DataPlaneRequest,
        _ place: (name: String, host: String),
        _ site: DataPlaneSite
    ) async throws {
        var rates: [DataPlaneSite.Author: [Rate]] = [:]
        for _ in 0..<rounds {
            for author in DataPlaneSite.Author.allCases {
                guard let ports = site.ports[author] else { continue }
                rates[author, default: []].append(try await rate(of: request, place.host, ports))
            }
        }
        let requests = DataPlaneSite.Author.allCases.map { Sample((rates[$0] ?? []).map(\.requests)).median }
        let slowest = DataPlaneSite.Author.allCases.map { Sample((rates[$0] ?? []).map(\.slowest)).median }
        print(
            "\(request.rawValue), \(place.name)".padding(toLength: 54, withPad: " ", startingAt: 0)
                + zip(requests, slowest).map {
                    String(format: "%7.0f ", $0) + ($1.isNaN ? "(   -)" : String(format: "(%4.1f)", $1))
                }.joined(separator: " ")
                + String(format: " %7.3f", requests[1] / requests[0])
        )
        // Each row takes a while.
        fflush(nil)
    }

    private static func rate(of request: DataPlaneRequest, _ host: String, _ ports: DataPlaneSite.Ports) async throws
        -> Rate
    {
        if request == .http2 {
            let outcome = try await Tool("h2load").run([
                "-c", "8", "-m", "4", "-D", "\(seconds)", "--connect-to", "127.0.0.1:\(ports.https)",
                "https://\(host)/",
            ])
            guard let requests = number(before: " req/s", in: outcome.text) else {
                throw Tool.Failure(description: outcome.text + outcome.errors)
            }
            return Rate(requests: requests, slowest: .nan)
        }
        let closes = request == .new || request == .newTLS ? ["-H", "Connection: close"] : []
        let url =
            request == .keptTLS || request == .newTLS
            ? "https://127.0.0.1:\(ports.https)/" : "http://127.0.0.1:\(ports.http)/"
        let outcome = try await Tool("wrk").run(
            ["-t", "1", "-c", "32", "-d", "\(seconds)s", "--latency", "-H", "Host: \(host)"] + closes + [url]
        )
        guard let requests = number(after: "Requests/sec:", in: outcome.text), let slowest = slowest(in: outcome.text),
            !outcome.text.contains("Non-2xx")
        else { throw Tool.Failure(description: outcome.text + outcome.errors) }
        return Rate(requests: requests, slowest: slowest)
    }

    /// Of wrk's line `99%    1.23ms`, in milliseconds.
    private static func slowest(in text: String) -> Double? {
        guard let word = text.firstRange(of: " 99%").flatMap({ text[$0.upperBound...].split(separator: " ").first })
        else { return nil }
        let line = word.prefix { !$0.isNewline }
        let value = Double(line.prefix { $0.isNumber || $0 == "." })
        if line.hasSuffix("us") { return value.map { $0 / 1_000 } }
        return line.hasSuffix("ms") ? value : value.map { $0 * 1_000 }
    }

    private static func number(after mark: String, in text: String) -> Double? {
        text.firstRange(of: mark).flatMap { text[$0.upperBound...].split(whereSeparator: \.isWhitespace).first }
            .flatMap { Double($0) }
    }

    private static func number(before mark: String, in text: String) -> Double? {
        text.firstRange(of: mark).flatMap { text[..<$0.lowerBound].split(separator: " ").last }.flatMap { Double($0) }
    }
}
