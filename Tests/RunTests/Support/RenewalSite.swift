import ControllerTestSupport
import CurlTestSupport
import Foundation
import Synchronization
import TestSupport

extension ControllerSite {
    /// Writes all manifests in one step: `a.example` has the certificate of a Secret, and leads `/` to a path; `b.example`
    /// has none.
    func writeHosts(_ secret: TestSecret, to target: String = "/v1") throws {
        try write(
            Manifest.ingress("a", to: target, secret: "a") + secret.manifest(named: "a") + Manifest.ingress("b"),
            to: "a.yaml"
        )
    }

    /// Shakes hands again and again while `body` runs; returns what was answered, or went wrong, and how often.
    func shakingHands(body: () async throws -> Void) async throws -> [String: Int] {
        try await withThrowingTaskGroup(of: [String: Int].self) { group in
            let isDone = Atomic(false)
            group.addTask {
                var answers: [String: Int] = [:]
                while !isDone.load(ordering: .relaxed) {
                    for host in ["a", "b"] {
                        let answer: String
                        do { answer = "\(try await client.send("GET https://\(host).example/").status)" } catch {
                            answer = "\(error)"
                        }
                        answers[answer, default: 0] += 1
                    }
                }
                return answers
            }
            try await body()
            isDone.store(true, ordering: .relaxed)
            return try await group.next() ?? [:]
        }
    }
}
