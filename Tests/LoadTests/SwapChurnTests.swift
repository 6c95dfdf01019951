import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// The traces of many swaps; `make churn` takes two thousand of them.
@Suite(.timeLimit(.minutes(60))) struct SwapChurnTests {
    private static let swaps = ProcessInfo.processInfo.environment["POSTERN_CHURN"].flatMap { Int($0) } ?? 200

    @Test func `hundreds of swaps hold no more than twenty, and leave nothing behind`() async throws {
        try await ControllerSite.use { site in
            try Shop.write(0..<5, to: site)
            _ = try await site.run(["--worker-shutdown-timeout", "1s"]) { postern in
                try await site.awaitAnswer("302 /0", of: Shop.host(0))
                let master = try #require(
                    Int32(site.stateText("nginx.pid").trimmingCharacters(in: .whitespacesAndNewlines))
                )
                let processes = [postern.processIdentifier, master]
                for number in 1...20 { try await Shop.swap(number % 5, appRoot: "/\(number)", on: site) }
                try await settle(site, processes)
                let before = try processes.map { try #require(ProcessResources(of: $0)) }
                for number in 21...(20 + Self.swaps) {
                    try await Shop.swap(number % 5, appRoot: "/\(number)", on: site)
                }
                try await settle(site, processes)
                // A descriptor that is open for a moment, as while a folder is looked at, is none that is lost.
                try await eventually("no more descriptors are open than before") {
                    let now = try processes.map { try #require(ProcessResources(of: $0)) }
                    return zip(before, now).allSatisfy { $1.descriptors <= $0.descriptors }
                }
                let after = try processes.map { try #require(ProcessResources(of: $0)) }
                print("after 20 swaps, Postern and nginx: \(before); after \(Self.swaps) more: \(after)")
                for (before, after) in zip(before, after) {
                    #expect(after.memory < before.memory + 16 * 1_024)
                }
            }
        }
    }

    /// Waits until nothing is under way: no shadow, no worker that drains, nothing half written.
    private func settle(_ site: ControllerSite, _ processes: [Int32]) async throws {
        try await eventually("all is at rest") {
            let generations = try FileManager.default.contentsOfDirectory(atPath: "\(site.state)/generations")
            let temporary = try FileManager.default.contentsOfDirectory(atPath: "\(site.folder)/temporary")
            let leftovers = try FileManager.default.contentsOfDirectory(atPath: site.state).filter {
                $0.hasSuffix(".new")
            }
            let workers = ProcessChildren.of(processes[1]).count
            return generations.count <= 2 && temporary.isEmpty && leftovers.isEmpty
                && ProcessChildren.of(processes[0]).isEmpty && workers == ProcessInfo.processInfo.processorCount
        }
    }
}
