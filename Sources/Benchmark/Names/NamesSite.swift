import Foundation

/// A controller with thousands of Services, and what each of some steps takes.
final class NamesSite {
    private let services: NamedServices
    private let postern: PosternProcess
    private let health: LoopbackRequest
    private let connection: KeptConnection
    private var requests = 0
    private var failures = 0

    init(_ services: NamedServices, _ postern: PosternProcess, _ health: LoopbackRequest) {
        self.services = services
        self.postern = postern
        self.health = health
        connection = KeptConnection(to: postern.httpPort)
    }

    /// How long a step may take.
    private static let longest = Duration.seconds(300)

    static let header =
        String(repeating: " ", count: 42) + "after  Postern    nginx  questions  requests   failed  reloads  given up"

    /// Does something, and prints how long it took, and the processor time meanwhile.
    func step(_ name: String, since start: ContinuousClock.Instant? = nil, _ body: () throws -> Void) throws {
        let (from, before) = (start ?? .now, count)
        (requests, failures) = (0, 0)
        try body()
        let (time, after) = (ContinuousClock.now - from, count)
        print(
            name.padding(toLength: 40, withPad: " ", startingAt: 0),
            String(
                format: "%6.2f   %6.2f   %6.2f   %8.0f  %8d %8d %8d  %8d",
                time / .seconds(1),
                (after.postern - before.postern) / .seconds(1),
                max(0, after.nginx - before.nginx),
                after.questions - before.questions,
                requests,
                failures,
                after.reloads - before.reloads,
                after.givenUp - before.givenUp
            )
        )
        fflush(nil)
    }

    func awaitReadiness() throws {
        try wait(for: "readiness") { health.send("/readyz")?.hasPrefix("HTTP/1.1 200 ") ?? false }
    }

    func awaitHost() throws {
        try wait(for: "a new host") { connection.ask("new.example")?.status == 200 }
    }

    /// Asks Services in turn, until each has answered by an endpoint of a generation, or once.
    func ask(_ numbers: Range<Int>, until generation: Int, isOnce: Bool = false) throws {
        let end = ContinuousClock.now + Self.longest
        var left = Array(numbers)
        repeat {
            guard ContinuousClock.now < end else { throw BenchmarkError.late("an endpoint") }
            left = left.filter { number in
                let answer = connection.ask(NamedServices.host(number))
                requests += 1
                guard let answer, answer.status == 200 else {
                    failures += 1
                    return true
                }
                return !NamedServices.addresses(of: number, in: generation).contains(answer.body)
            }
            // One Service alone is not asked as fast as can be, which would be measured too.
            if numbers.count == 1 { usleep(1_000) }
        } while !isOnce && !left.isEmpty
    }

    private func wait(for what: String, _ condition: () -> Bool) throws {
        let end = ContinuousClock.now + Self.longest
        while !condition() {
            guard ContinuousClock.now < end else { throw BenchmarkError.late(what) }
            usleep(5_000)
        }
    }

    private struct Count {
        var postern: Duration
        /// Of its workers that are still there, in seconds.
        var nginx: Double
        var questions: Double
        var reloads: Int
        /// How often nginx has had no answer in time.
        var givenUp: Int
    }

    private var count: Count {
        Count(
            postern: postern.processorTime,
            nginx: workers.reduce(0) { $0 + Self.processorTime(of: $1) },
            questions: questions,
            reloads: StatusFile(at: postern.state.appending(path: "status.json"))?.swaps.count ?? 0,
            givenUp: log.count { $0.contains("could not be resolved") }
        )
    }

    private var log: [Substring] {
        ((try? String(contentsOf: postern.log, encoding: .utf8)) ?? "").split(separator: "\n")
    }

    private var questions: Double {
        let lines = (health.send("/metrics") ?? "").split(separator: "\n")
        return lines.filter { $0.hasPrefix("postern_endpoint_questions_total{") }
            .compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0, +)
    }

    /// In MiB.
    var nginxMemory: Double { workers.map { ProcessMemory.resident(of: $0) }.max() ?? .nan }

    private var workers: [Int32] {
        let file = postern.state.appending(path: "nginx.pid")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        let master = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let children = try? String(contentsOfFile: "/proc/\(master)/task/\(master)/children", encoding: .utf8)
        return (children ?? "").split(separator: " ").compactMap { Int32($0) }
    }

    private static func processorTime(of process: Int32) -> Double {
        let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        // The name, which comes second, may have spaces in it.
        let words = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        let ticks = words.dropFirst(12).prefix(2).compactMap { Double($0) }.reduce(0, +)
        return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}
