import Foundation
import NginxTestSupport

/// Counts the requests that are lost while an nginx under load is reloaded a hundred times.
enum LoadBenchmark {
    private static let swaps = 100
    private static let ingresses = 100

    static func run() async throws {
        print("connections                               swaps     requests   failed")
        for kind in LoadGenerator.Kind.allCases {
            let report = try await measure(kind)
            print(
                kind.rawValue.padding(toLength: 40, withPad: " ", startingAt: 0),
                String(format: "%6d %12d %8d", swaps, report.requests, report.failures)
            )
        }
    }

    private static func measure(_ kind: LoadGenerator.Kind) async throws -> LoadReport {
        let folder = URL(filePath: "/tmp/postern-benchmark-\(getpid())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let manifests = try ManifestFolder(folder.appending(path: "manifests"), ingresses: ingresses, hasSecrets: true)
        let postern = try PosternProcess(on: manifests.url, in: folder)
        defer { postern.stop() }
        let first = try postern.nextSwap(after: nil)
        let generator = LoadGenerator(
            to: ClusterText.host(0),
            at: "127.0.0.1",
            httpPort: Int(postern.httpPort),
            httpsPort: Int(postern.httpsPort)
        )
        return try await generator.run(kind) { try await swapRepeatedly(manifests, postern, first) }
    }

    /// Changes one route after another; none is the one that the load asks for.
    @concurrent
    private static func swapRepeatedly(
        _ manifests: ManifestFolder,
        _ postern: PosternProcess,
        _ first: StatusFile.Swap
    ) async throws {
        var newest = first
        for number in 1...swaps {
            try manifests.write(1 + number % (ingresses - 1), appRoot: "/welcome-\(number)")()
            newest = try postern.nextSwap(after: newest)
            guard newest.result == "settled" else { throw BenchmarkError.failed(newest.error ?? newest.result) }
        }
    }
}
