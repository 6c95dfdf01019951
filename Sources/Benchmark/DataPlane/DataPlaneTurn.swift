import Foundation
import TestSupport

/// What an nginx serves within a second.
struct DataPlaneTurn {
    let requests: Double
    /// The time that 99 of 100 requests do not exceed, in milliseconds.
    let slowest: Double
    /// What the workers take of a processor for one request, in microseconds.
    let processorTime: Double
    /// The part of it that the busiest worker takes.
    let busiestShare: Double

    private struct Load {
        var requests: Double
        var slowest: Double
        /// How many requests there were in all.
        var number: Double
    }

    /// Throws where a request fails.
    init(of request: DataPlaneRequest, to host: String, _ ports: DataPlaneSite.Ports, workers: Set<Int32>) async throws
    {
        let workers = workers.sorted()
        let before = try workers.map(Self.nanoseconds)
        let load: Load
        switch request {
        case .kept: load = try await Self.kept(["--h1", "-m", "1"], "http", host, ports.http)
        case .keptTLS: load = try await Self.kept(["--h1", "-m", "1"], "https", host, ports.https)
        case .http2: load = try await Self.kept(["-m", "4"], "https", host, ports.https)
        case .new: load = try await Self.new("http", host, ports.http)
        case .newTLS, .resumedTLS: load = try await Self.new("https", host, ports.https)
        }
        requests = load.requests
        slowest = load.slowest
        let times = try zip(workers.map(Self.nanoseconds), before).map { $0 - $1 }
        processorTime = times.reduce(0, +) / load.number / 1_000
        busiestShare = (times.max() ?? .nan) / times.reduce(0, +)
    }

    private static func kept(_ options: [String], _ scheme: String, _ host: String, _ port: UInt16) async throws -> Load
    {
        try await TemporaryFolder.use { folder in
            let log = folder.appending(path: "requests")
            let outcome = try await Tool("h2load").run(
                options + [
                    "-c", "16", "-D", "1", "--log-file", log.path, "--connect-to", "127.0.0.1:\(port)",
                    "\(scheme)://\(host)/",
                ]
            )
            // Each line has a start, a status and microseconds.
            let lines = try String(contentsOf: log, encoding: .utf8).split(separator: "\n")
            let times = lines.compactMap { $0.split(separator: "\t").last }.compactMap { Double($0) }.sorted()
            guard let requests = number(before: " req/s", in: outcome.text), !times.isEmpty,
                outcome.text.contains(" 0 failed"), outcome.text.contains(" 0 3xx, 0 4xx, 0 5xx")
            else { throw Tool.Failure(description: outcome.text + outcome.errors) }
            return Load(
                requests: requests,
                slowest: times[times.count * 99 / 100] / 1_000,
                number: Double(times.count)
            )
        }
    }

    /// wrk names no host in the handshake, so that of all hosts is served.
    private static func new(_ scheme: String, _ host: String, _ port: UInt16) async throws -> Load {
        let outcome = try await Tool("wrk").run([
            "-t", "1", "-c", "16", "-d", "1s", "--latency", "-H", "Host: \(host)", "-H", "Connection: close",
            "\(scheme)://127.0.0.1:\(port)/",
        ])
        guard let requests = number(after: "Requests/sec:", in: outcome.text), let slowest = slowest(in: outcome.text),
            let number = number(before: " requests in", in: outcome.text), number > 0,
            !outcome.text.contains("Non-2xx")
        else { throw Tool.Failure(description: outcome.text + outcome.errors) }
        return Load(requests: requests, slowest: slowest, number: number)
    }

    /// The processor time of a process so far.
    private static func nanoseconds(of process: Int32) throws -> Double {
        let text = try String(contentsOfFile: "/proc/\(process)/schedstat", encoding: .utf8)
        return text.split(separator: " ").first.flatMap { Double($0) } ?? .nan
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
        text.firstRange(of: mark).flatMap {
            text[..<$0.lowerBound].split(whereSeparator: \.isWhitespace).last
        }.flatMap { Double($0) }
    }
}
