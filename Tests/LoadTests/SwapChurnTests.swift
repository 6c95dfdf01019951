import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// The traces of many swaps; `make churn` takes two thousand turns of them.
@Suite(.timeLimit(.minutes(120))) struct SwapChurnTests {
    private static let turns = ProcessInfo.processInfo.environment["POSTERN_CHURN"].flatMap { Int($0) } ?? 200

    @Test func `hundreds of swaps hold no more than twenty, and leave nothing behind`() async throws {
        try await ControllerSite.use { site in
            var churn = try await ShopChurn(on: site)
            let options = ["--worker-shutdown-timeout", "1s"] + (try ShopChurn.options(on: site))
            _ = try await site.run(options) { postern in
                try await churn.awaitStart()
                let master = try #require(
                    Int32(site.stateText("nginx.pid").trimmingCharacters(in: .whitespacesAndNewlines))
                )
                let processes = [postern.processIdentifier, master]
                for _ in 1...20 { try await churn.turn() }
                let before = try await resources(at: 20, site, processes)
                var after = before
                for tenth in 1...10 {
                    let (from, to) = (Self.turns * (tenth - 1) / 10, Self.turns * tenth / 10)
                    for _ in from..<to { try await churn.turn() }
                    after = try await resources(at: 20 + to, site, processes)
                }
                // A descriptor that is open for a moment, as while a folder is looked at, is none that is lost.
                try await eventually("no more descriptors are open than before") {
                    let now = try processes.map { try #require(ProcessResources(of: $0)) }
                    return zip(before, now).allSatisfy { $1.descriptors <= $0.descriptors }
                }
                for (before, after) in zip(before, after) {
                    #expect(after.memory < before.memory + 16 * 1_024)
                }
            }
        }
    }

    /// What the processes hold when all is at rest, which is printed.
    private func resources(
        at turn: Int,
        _ site: ControllerSite,
        _ processes: [Int32]
    ) async throws -> [ProcessResources] {
        try await settle(site, processes)
        let resources = try processes.map { try #require(ProcessResources(of: $0)) }
        print("after \(turn) turns Postern holds \(resources[0].memory) KiB, and nginx \(resources[1].memory) KiB")
        return resources
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
