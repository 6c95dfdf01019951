import Controller
import Foundation
import IngressTranslation
import KubernetesModel
import NginxControl

/// Measures what one changed object costs a controller that reads a cluster: everything but the reading itself.
///
/// Each reading is a snapshot in memory in which one object differs, as a source brings it that keeps up with a cluster.
/// Each size runs in a process of its own, so that its memory is its own. The yardstick is how long nginx takes to read
/// the configuration.
enum ChangeBenchmark {
    private static let sizes = [100, 1_000, 5_000, 10_000]

    /// How often each object changes: nginx takes seconds to read what comes of very many, and reads it twice each time.
    private static func rounds(of size: Int) -> Int { size > 5_000 ? 8 : 12 }

    static func run() throws {
        print(
            "ingresses  objects   of one Ingress   to the file   of one Service   of one slice   to the file   nothing          nginx -t   memory"
        )
        fflush(nil)
        for size in sizes {
            let process = Process()
            process.executableURL = URL(filePath: CommandLine.arguments[0])
            process.arguments = ["change", "\(size)"]
            // What a controller logs of each change.
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else { throw BenchmarkError.failed("\(size) Ingresses") }
        }
    }

    static func run(_ size: Int) async throws {
        let folder = URL(filePath: "/tmp/postern-benchmark-\(getpid())")
        defer { try? FileManager.default.removeItem(at: folder) }
        // As a controller does.
        OwnProcess.shareFreeMemory()
        let site = try await ReconcilingSite(in: folder)
        var cluster = ClusterObjects(ingresses: size)
        try await site.reconcile(cluster.snapshot)
        var results: [ClusterObjects.Change: [Double]] = [:]
        var untilWritten: [ClusterObjects.Change: [Double]] = [:]
        for round in 0..<rounds(of: size) {
            for change in ClusterObjects.Change.allCases {
                cluster.apply(change, to: (round * 7 + 3) % size, round: round)
                let before = ProcessUsage.current.processorTime
                try await site.reconcile(cluster.snapshot)
                // The first round fills what is kept from one to the next.
                guard round > 0 else { continue }
                results[change, default: []].append(ProcessUsage.current.processorTime - before)
                if change.isWritten { untilWritten[change, default: []].append(site.writtenAt - before) }
            }
        }
        let memory = ProcessMemory.resident(of: getpid())
        let nginx = try NginxTest.time(of: folder.appending(path: "state/current/nginx.conf"))
        await site.stop()
        let columns = ClusterObjects.Change.allCases.flatMap { change in
            let sample = milliseconds(results[change])
            return [String(format: "%6.1f (%5.1f)", sample.median, sample.maximum)]
                + (change.isWritten ? [String(format: "%11.1f", milliseconds(untilWritten[change]).median)] : [])
        }
        print(
            String(format: "%9d  %7d   ", size, 3 * size) + columns.joined(separator: "   ")
                + String(format: "   %5.0f ms   %3.0f MB", nginx / .milliseconds(1), memory)
        )
    }

    private static func milliseconds(_ seconds: [Double]?) -> Sample { Sample((seconds ?? []).map { $0 * 1_000 }) }
}
