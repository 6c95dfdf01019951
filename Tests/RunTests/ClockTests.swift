import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// Somebody sets the clock of the machine while Postern and nginx run.
@Suite(.timeLimit(.minutes(10)))
struct ClockTests {
    @Test func `a clock that is set ahead or back holds nothing up, and certificates are judged by it at once`()
        async throws
    {
        try await ControllerSite.use { site in
            var site = site
            let clock = try await ShiftedClock(in: site.folder)
            site.environment["LD_PRELOAD"] = clock.library
            let secret = try await TestSecret(for: "a.example", days: 2)
            func serve(_ target: String) throws {
                try site.write(
                    Manifest.ingress("a", to: target, secret: "a") + secret.manifest(named: "a"),
                    to: "a.yaml"
                )
            }
            try serve("/v1")
            _ = try await site.run { [site] postern in
                try await site.awaitAnswer("302 /v1", of: "a.example")
                let day = 86_400
                let times = [
                    (3 * day, "[certificate-expired]"), (-3_600, "[certificate-not-yet-valid]"),
                    (0, "1 finding is gone"),
                ]
                for (number, time) in times.enumerated() {
                    let findings = postern.log.components(separatedBy: time.1).count
                    try clock.set(by: time.0)
                    // Nothing else has changed.
                    try await eventually("the log says '\(time.1)' once more") {
                        postern.log.components(separatedBy: time.1).count > findings
                    }
                    try serve("/w\(number)")
                    try await site.awaitAnswer("302 /w\(number)", of: "a.example")
                }
            }
        }
    }
}
