import ClusterReporting
import ControlPlaneTestSupport
import Curl
import Foundation
import KubernetesClient
import KubernetesModel
import Synchronization
import TestSupport
import Testing

/// Replicas that elect a leader on a real API server.
@Suite(.timeLimit(.minutes(10)))
struct LeaderElectorTests {
    private static let timings = ElectionTimings(
        leaseDuration: .seconds(3),
        renewDeadline: .seconds(2),
        retryPeriod: .milliseconds(200)
    )

    @Test func `one of two replicas leads, and hands over when it ends`() async throws {
        let plane = try await ControlPlane.shared()
        let lease = NamespacedName(namespace: try await plane.newNamespace(), name: "leader")
        let first = Replica("first", of: lease, at: plane)
        let second = Replica("second", of: lease, at: plane)
        let firstRun = Task { await first.run() }
        try await eventually("the first leads") { await first.elector.isLeader }
        try await second.running {
            try await eventually("the second sees it") { second.changes == [.follows(leader: "first")] }
            #expect(await !second.elector.isLeader)
            let held: Held = try await plane.kubectl.get("lease/leader", in: lease.namespace)
            #expect(held.spec.holderIdentity == "first" && held.spec.leaseTransitions == 0)
            firstRun.cancel()
            await firstRun.value
            await first.elector.release()
            #expect(await !first.elector.isLeader)
            try await eventually("the second leads") { await second.elector.isLeader }
            let taken: Held = try await plane.kubectl.get("lease/leader", in: lease.namespace)
            #expect(taken.spec.holderIdentity == "second" && taken.spec.leaseTransitions == 1)
        }
    }

    @Test func `a leader that is gone without a word is followed, but not before its lease is over`() async throws {
        let plane = try await ControlPlane.shared()
        let lease = NamespacedName(namespace: try await plane.newNamespace(), name: "leader")
        let first = Replica("first", of: lease, at: plane)
        let second = Replica("second", of: lease, at: plane)
        try await first.running {
            try await eventually("the first leads") { await first.elector.isLeader }
        }
        try await second.running {
            try await eventually("the second leads, and never both") {
                let wasFirst = await first.elector.isLeader
                let isSecond = await second.elector.isLeader
                #expect(!(wasFirst && isSecond))
                return isSecond
            }
            #expect(second.changes == [.follows(leader: "first"), .leads])
        }
    }

    @Test func `a leader that loses the API server stops to lead, and leads again`() async throws {
        try await ControlPlane.use { plane in
            let lease = NamespacedName(namespace: try await plane.newNamespace(), name: "leader")
            let replica = Replica("only", of: lease, at: plane)
            try await replica.running {
                try await eventually("it leads") { await replica.elector.isLeader }
                try await plane.stopServer()
                try await eventually("it no longer leads") { await !replica.elector.isLeader }
                try await plane.startServer()
                try await eventually("it leads again") { await replica.elector.isLeader }
            }
        }
    }

    @Test func `a label on the lease is kept, and costs no leader its place`() async throws {
        let plane = try await ControlPlane.shared()
        let lease = NamespacedName(namespace: try await plane.newNamespace(), name: "leader")
        let replica = Replica("only", of: lease, at: plane)
        try await replica.running {
            try await eventually("it leads") { await replica.elector.isLeader }
            try await plane.kubectl.patch("lease/leader", in: lease.namespace, #"{"metadata":{"labels":{"a":"b"}}}"#)
            let then: Held = try await plane.kubectl.get("lease/leader", in: lease.namespace)
            try await eventually("it is renewed") {
                let now: Held = try await plane.kubectl.get("lease/leader", in: lease.namespace)
                #expect(now.metadata.labels == ["a": "b"])
                return now.spec.renewTime != then.spec.renewTime
            }
            #expect(replica.changes == [.leads])
        }
    }

    private struct Held: Decodable {
        struct Metadata: Decodable { var labels: [String: String]? }
        struct Spec: Decodable {
            var holderIdentity: String?
            var leaseTransitions: Int?
            var renewTime: String?
        }
        var metadata: Metadata
        var spec: Spec
    }

    /// Somebody who wants to lead, and what was told of it.
    private final class Replica: Sendable {
        let elector: LeaderElector
        private let reported = Mutexed()

        var changes: [LeaderElector.Change] { reported.changes.withLock { $0 } }

        init(_ identity: String, of lease: NamespacedName, at plane: ControlPlane) {
            elector = LeaderElector(
                APIClient(.administrator(of: plane)),
                lease: lease,
                identity: identity,
                timings: LeaderElectorTests.timings
            )
        }

        func run() async {
            await elector.run { [reported] change in reported.changes.withLock { $0.append(change) } }
        }

        /// Takes part while `body` runs.
        func running(_ body: () async throws -> Void) async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await self.run() }
                try await body()
                group.cancelAll()
            }
        }
    }

    private final class Mutexed: Sendable {
        let changes = Mutex<[LeaderElector.Change]>([])
    }
}

extension ClusterConfiguration {
    /// A user that may do everything.
    fileprivate static func administrator(of plane: ControlPlane) -> ClusterConfiguration {
        let user = "\(plane.folder)/certificates/admin"
        return ClusterConfiguration(
            server: plane.url,
            trust: .file(plane.authority),
            identity: .init(certificate: .file("\(user).crt"), key: .file("\(user).key"))
        )
    }
}
