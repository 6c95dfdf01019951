import ControllerTestSupport
import ControlPlaneTestSupport
import Foundation
import TestSupport
import Testing

/// Events about a replica, and about no object of its users.
@Suite(.timeLimit(.minutes(10)))
struct OwnEventTests {
    @Test func `a swap that fails is told of the Pod, also by a replica that does not lead`() async throws {
        try await ClusterStage.use { stage in
            var stage = stage
            try await stage.addPod("postern-1", at: "192.0.2.21")
            let pod: Pod = try await stage.kubectl.get("pod/postern-1", in: stage.namespace)
            stage.site.environment = [
                "POD_NAME": "postern-1", "POD_NAMESPACE": stage.namespace, "POD_UID": pod.metadata.uid,
            ]
            try await stage.apply(
                Self.lease(of: stage),
                stage.ingressClass,
                stage.serving("web"),
                stage.ingress("shop", ["a.example": "web", "b.example": "missing"])
            )
            // No nginx answers so soon, but a busy machine may look for the answer no sooner than it is there.
            _ = try await stage.site.run(stage.ownOptions + ["--reload-timeout", "1ms"]) { postern in
                var changes = 0
                try await eventually("a swap fails") {
                    guard !postern.log.contains("not taken live") else { return true }
                    changes += 1
                    let ingress = stage.ingress("shop", ["a.example": "web", "b\(changes).example": "missing"])
                    try await stage.apply(ingress)
                    return false
                }
                try await eventually("the event") {
                    let event = try await stage.events(of: "postern-1")["SwapFailed"]?.first
                    return event?.type == "Warning" && event?.involvedObject.uid == pod.metadata.uid
                }
                let reported = try await stage.kubectl.output(["-n", stage.namespace, "describe", "pod", "postern-1"])
                #expect(String(decoding: reported, as: UTF8.self).contains("SwapFailed"))
                #expect(try await stage.events(of: "shop").isEmpty)
            }
        }
    }

    /// Held by another replica for longer than the test lasts.
    private static func lease(of stage: ClusterStage) -> String {
        """
        apiVersion: coordination.k8s.io/v1
        kind: Lease
        metadata: {name: \(stage.namespace), namespace: \(stage.namespace)}
        spec: {holderIdentity: postern-2, leaseDurationSeconds: 3600, renewTime: "2026-01-01T00:00:00.000000Z"}

        """
    }

    private struct Pod: Decodable {
        struct Metadata: Decodable { var uid: String }
        var metadata: Metadata
    }
}
