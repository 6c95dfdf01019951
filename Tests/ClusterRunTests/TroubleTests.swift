import CurlTestSupport
import ControlPlaneTestSupport
import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// The effect on clients and owners of Ingresses of an API server, or a Postern, that goes away.
@Suite(.timeLimit(.minutes(10)))
struct TroubleTests {
    /// How long the API server stays away once that is noticed, in seconds.
    private static let outage = ProcessInfo.processInfo.environment["POSTERN_OUTAGE"].flatMap { Int($0) } ?? 0

    @Test func `nginx serves while the API server is gone, and what changed meanwhile goes live after it`() async throws
    {
        try await ControlPlane.use { plane in
            try await ClusterStage.use(of: plane) { stage in
                try await stage.apply(
                    stage.ingressClass,
                    stage.serving("web"),
                    stage.ingress("a", ["a.example": "web"])
                )
                _ = try await stage.running { postern in
                    try await stage.awaitAnswer("web", of: "http://a.example/")
                    let answers = try await stage.site.asking("a.example") {
                        try await plane.stopServer()
                        try await postern.awaitLog("cannot be read")
                        try await Task.sleep(for: .seconds(Self.outage))
                        try await plane.startServer()
                        try await stage.apply(stage.ingress("b", ["b.example": "web"]))
                        try await stage.awaitAnswer("web", of: "http://b.example/")
                        // Nobody can go on from what was read last.
                        try await plane.stopServer()
                        try await plane.compact()
                        try await plane.startServer()
                        try await stage.kubectl.delete("ingress/b", in: stage.namespace)
                        try await stage.awaitAnswer("404", of: "http://b.example/")
                    }
                    #expect(Set(answers.keys) == ["200"], "\(answers)")
                    let restarts = try await stage.metrics().filter { $0.hasPrefix("postern_watch_restarts_total") }
                    #expect(!restarts.isEmpty)
                    try await stage.awaitAddresses([ClusterStage.address], of: "a")
                }
            }
        }
    }

    @Test func `after a Postern that was killed the next one takes over, and tells nothing twice`() async throws {
        try await ClusterStage.use { stage in
            try await stage.apply(
                stage.ingressClass,
                stage.serving("web"),
                stage.ingress("shop", ["a.example": "web", "b.example": "missing"])
            )
            _ = try await stage.running { _ in
                try await stage.awaitAddresses([ClusterStage.address], of: "shop")
                try await eventually("both events") {
                    try await Set(stage.events(of: "shop").keys) == ["Live", "ServiceNotFound"]
                }
            }
            #expect(await stage.answer("http://a.example/") == "web")
            #expect(try await stage.addresses(of: "shop") == [ClusterStage.address])
            let end = try await stage.running { postern in
                // It leads when the lease of the other one is over.
                try await postern.awaitLog("this replica leads")
                try await stage.apply(stage.ingress("other", ["o.example": "web"]))
                try await stage.awaitAddresses([ClusterStage.address], of: "other")
                let events = try await stage.events(of: "shop")
                #expect(events["Live"]?.map(\.count) == [1])
                #expect(events["ServiceNotFound"]?.count == 1)
            }
            #expect(end.log.contains("nginx runs as process"), "\(end.log)")
            // One swap, for the other Ingress.
            #expect(end.log.components(separatedBy: " serves: ").count == 2, "\(end.log)")
        }
    }

    @Test func `the status of a deployment's Ingresses is kept while one replica is left to serve`() async throws {
        try await ClusterStage.use { stage in
            try await stage.apply(stage.ingressClass, stage.serving("web"), stage.ingress("shop", ["a.example": "web"]))
            try await stage.addPod("postern-1", at: "192.0.2.21")
            var first = stage.site
            first.environment = ["POD_NAME": "postern-1", "POD_NAMESPACE": stage.namespace]
            try await ControllerSite.use { second in
                var second = second
                second.input = stage.site.input
                second.environment = ["POD_NAME": "postern-2", "POD_NAMESPACE": stage.namespace]
                _ = try await stage.running(["--status-update-interval", "5s"], as: first) { leader in
                    try await stage.awaitAddresses(["192.0.2.21"], of: "shop")
                    try await stage.addPod("postern-2", at: "192.0.2.22")
                    let end = try await stage.running(["--status-update-interval", "5s"], as: second) { follower in
                        try await stage.awaitAddresses(["192.0.2.21", "192.0.2.22"], of: "shop")
                        #expect(await stage.answer("http://a.example/", second) == "web")
                        #expect(try await stage.metric("postern_leader", first) == 1)
                        #expect(try await stage.metric("postern_leader", second) == 0)
                        leader.send(SIGTERM)
                        try await leader.awaitEnd()
                        try await stage.removePod("postern-1")
                        try await stage.awaitAddresses(["192.0.2.22"], of: "shop")
                        #expect(try await stage.metric("postern_leader", second) == 1)
                        #expect(try await stage.events(of: "shop")["Live"]?.map(\.count) == [1])
                        follower.send(SIGTERM)
                        try await follower.awaitEnd()
                    }
                    #expect(end.status == .exited(0), "\(end.log)")
                    // Nobody is left to serve it.
                    #expect(try await stage.addresses(of: "shop") == [])
                }
            }
        }
    }

    @Test func `readiness goes first when it is told to end, and requests are served until the grace is over`()
        async throws
    {
        try await ClusterStage.use { stage in
            try await stage.apply(stage.ingressClass, stage.serving("web"), stage.ingress("shop", ["a.example": "web"]))
            let options = ["--publish-status-address", ClusterStage.address, "--shutdown-grace-period", "60s"]
            let end = try await stage.running(options) { postern in
                try await eventually("it is ready") { try await stage.health("/readyz").status == 200 }
                postern.send(SIGTERM)
                try await eventually("it is not ready") { try await stage.health("/readyz").status == 503 }
                #expect(try await stage.health("/healthz").status == 200)
                // Changes still count.
                try await stage.apply(stage.ingress("late", ["late.example": "web"]))
                try await stage.awaitAnswer("web", of: "http://late.example/")
                #expect(try await stage.leaseHolder() != "")
                // A second signal ends the waiting.
                postern.send(SIGTERM)
                try await postern.awaitEnd()
            }
            #expect(end.status == .exited(0), "\(end.log)")
            #expect(try await stage.leaseHolder() == "")
            #expect(try await stage.addresses(of: "shop") == [])
        }
    }
}
