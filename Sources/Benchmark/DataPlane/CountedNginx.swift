import Foundation
import TestSupport

/// One worker of nginx whose instructions are counted.
final class CountedNginx {
    private let process = Process()
    private let ports: DataPlaneSite.Ports
    private let mark: LoopbackRequest
    private let folder: URL
    private var marks = 0

    /// Starts nginx, which does not count yet while it reads its configuration: that would take many times as long.
    init(of site: DataPlaneSite, _ author: DataPlaneSite.Author, in folder: URL) throws {
        guard let ports = site.ports[author] else { throw BenchmarkError.failed("\(author) has no ports") }
        self.ports = ports
        self.folder = site.folder(of: author, in: folder)
        mark = LoopbackRequest(port: ports.mark, host: "mark")
        let path = self.folder.path
        process.executableURL = URL(filePath: "/usr/bin/valgrind")
        // nginx calls the function for what is answered by `return`, and for nothing else.
        process.arguments = [
            "--tool=callgrind", "--instr-atstart=no", "--dump-before=ngx_http_send_response", "--dump-line=no",
            "--callgrind-out-file=\(path)/counts", "--log-file=\(path)/counts.log", "--vgdb-prefix=\(path)/vgdb",
            try Tool("nginx").path, "-p", path, "-c", "\(path)/nginx.conf", "-e", "stderr", "-g",
            "daemon off; master_process off; pid \(path)/nginx.pid;",
        ]
        // A newer nginx warns of what an older one needs, for each host.
        let errors = self.folder.appending(path: "errors")
        try Data().write(to: errors)
        process.standardError = try FileHandle(forWritingTo: errors)
        do { try process.run() } catch { throw BenchmarkError.failed("valgrind is not installed") }
    }

    /// Waits until nginx serves, and counts from then on.
    func beginCounting() async throws {
        let end = ContinuousClock.now + .seconds(3_600)
        while mark.send() == nil {
            guard process.isRunning, ContinuousClock.now < end else {
                throw BenchmarkError.failed("nginx does not listen under valgrind")
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        let outcome = try await Tool("vgdb").run([
            "--pid=\(process.processIdentifier)", "--vgdb-prefix=\(folder.path)/vgdb", "instrumentation", "on",
        ])
        guard outcome.succeeded else { throw Tool.Failure(description: outcome.errors) }
    }

    func stop() {
        // All is counted, and a process of a thread of a pool has its other signals blocked.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// The instructions that a request to a host takes.
    func instructions(of request: DataPlaneRequest, to host: String) async throws -> Double {
        // The first ones open connections to the backend, and take memory that the next ones find.
        try await request.send(request.counts.many, to: host, ports)
        try setMark()
        let few = try await total { try await request.send(request.counts.few, to: host, ports) }
        let many = try await total { try await request.send(request.counts.many, to: host, ports) }
        return (many - few) / Double(request.counts.many - request.counts.few)
    }

    private func setMark() throws {
        guard mark.send() != nil else { throw BenchmarkError.failed("nginx does not answer under valgrind") }
        marks += 1
    }

    private func total(of work: () async throws -> Void) async throws -> Double {
        try await work()
        try setMark()
        return try CostCount.total(in: "\(folder.path)/counts.\(marks)")
    }
}
