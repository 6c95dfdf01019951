import Foundation

/// Measures the way from a changed file to the new route on the nginx that serves.
///
/// The yardstick is nginx itself: it reads a configuration twice, once in the shadow that proves it and once when it
/// is reloaded; nothing can be proven and served in less.
enum SwapBenchmark {
    private static let rounds = 15

    /// - Parameter sizes: How many Ingresses there are, each without Secrets and with one for every second host.
    static func run(_ sizes: [Int] = [100, 1_000]) throws {
        print(SwapTable.header)
        for size in sizes {
            for hasSecrets in [false, true] {
                print(SwapTable.rows(of: try measure(ingresses: size, hasSecrets: hasSecrets)))
                fflush(nil)
            }
        }
    }

    private static func measure(ingresses: Int, hasSecrets: Bool) throws -> SwapMeasurement {
        let folder = URL(filePath: "/tmp/postern-benchmark-\(getpid())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let manifests = try ManifestFolder(
            folder.appending(path: "manifests"),
            ingresses: ingresses,
            hasSecrets: hasSecrets
        )
        let postern = try PosternProcess(on: manifests.url, in: folder)
        defer { postern.stop() }
        var newest = try postern.nextSwap(after: nil)
        var result = SwapMeasurement(ingresses: ingresses, hasSecrets: hasSecrets)
        // The first round fills what is kept from one to the next.
        for number in 0...rounds {
            let round = try change(number, of: manifests, on: postern, after: newest)
            newest = round.swap
            if number > 0 { result.rounds.append(round) }
            let nginx = try NginxTest.time(of: postern.state.appending(path: "current/nginx.conf"))
            if number > 0 { result.parses.append(nginx) }
        }
        result.memory = postern.residentMemory
        return result
    }

    private static func change(
        _ number: Int,
        of manifests: ManifestFolder,
        on postern: PosternProcess,
        after newest: StatusFile.Swap
    ) throws -> SwapMeasurement.Round {
        let ingress = number * 7 % manifests.ingresses
        let change = try manifests.write(ingress, appRoot: "/welcome-\(number)")
        let request = LoopbackRequest(port: postern.httpPort, host: ClusterText.host(ingress))
        let before = postern.processorTime
        let start = ContinuousClock.now
        try change()
        while !(request.send()?.contains("/welcome-\(number)\r\n") ?? false) {
            guard ContinuousClock.now - start < .seconds(60) else { throw BenchmarkError.late("a new route") }
            usleep(1_000)
        }
        let served = ContinuousClock.now - start
        let swap = try postern.nextSwap(after: newest)
        let settled = ContinuousClock.now - start
        // What is left to do once the status is written belongs to the change as well.
        usleep(100_000)
        return SwapMeasurement.Round(
            served: served,
            settled: settled,
            processorTime: postern.processorTime - before,
            swap: swap
        )
    }
}
