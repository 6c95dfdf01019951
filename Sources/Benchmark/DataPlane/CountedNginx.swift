import Foundation
import TestSupport

/// One worker of nginx whose instructions are counted.
final class CountedNginx {
    /// What one request takes.
    struct Count {
        var request: DataPlaneRequest
        var place: String
        var instructions: Double
    }

    private let process = Process()
    private let mark: LoopbackRequest
    private let file: URL
    private var marks = 0

    /// The counts of all kinds of requests, for the first and the last host.
    static func counts(of site: DataPlaneSite, _ author: DataPlaneSite.Author, in folder: URL) async throws -> [Count] {
        guard let ports = site.ports[author] else { return [] }
        let nginx = try await CountedNginx(in: site.folder(of: author, in: folder), ports)
        defer { nginx.stop() }
        var counts: [Count] = []
        for request in DataPlaneRequest.allCases {
            for place in site.places {
                // The first ones open connections to the backend, and take memory that the next ones find.
                try await request.send(request.counts.many, to: place.host, ports)
                try nginx.setMark()
                let few = try await nginx.instructions {
                    try await request.send(request.counts.few, to: place.host, ports)
                }
                let many = try await nginx.instructions {
                    try await request.send(request.counts.many, to: place.host, ports)
                }
                let number = Double(request.counts.many - request.counts.few)
                counts.append(Count(request: request, place: place.name, instructions: (many - few) / number))
            }
        }
        return counts
    }

    private init(in folder: URL, _ ports: DataPlaneSite.Ports) async throws {
        mark = LoopbackRequest(port: ports.mark, host: "mark")
        file = folder.appending(path: "counts")
        process.executableURL = URL(filePath: "/usr/bin/valgrind")
        // nginx calls the function for what is answered by `return`, and for nothing else.
        process.arguments = [
            "--tool=callgrind", "--dump-before=ngx_http_send_response", "--dump-line=no",
            "--callgrind-out-file=\(file.path)", "--log-file=\(file.path).log", try Tool("nginx").path, "-p",
            folder.path,
            "-c", folder.appending(path: "nginx.conf").path, "-e", "stderr", "-g",
            "daemon off; master_process off; pid \(folder.path)/nginx.pid;",
        ]
        do { try process.run() } catch { throw BenchmarkError.failed("valgrind is not installed") }
        let end = ContinuousClock.now + .seconds(3_600)
        while mark.send() == nil {
            guard process.isRunning, ContinuousClock.now < end else {
                stop()
                throw BenchmarkError.failed("nginx does not listen under valgrind")
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        marks = 1
    }

    private func stop() {
        // All is counted, and a process of a thread of a pool has its other signals blocked.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    private func setMark() throws {
        guard mark.send() != nil else { throw BenchmarkError.failed("nginx does not answer under valgrind") }
        marks += 1
    }

    private func instructions(of work: () async throws -> Void) async throws -> Double {
        try await work()
        try setMark()
        return try CostCount.total(in: "\(file.path).\(marks)")
    }
}
