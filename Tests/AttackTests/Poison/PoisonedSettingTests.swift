import ControllerTestSupport
import Foundation
import IngressTranslation
import TestSupport
import Testing

/// Ingresses with a bad value for each setting, among a thousand.
@Suite(.timeLimit(.minutes(10)))
struct PoisonedSettingTests {
    /// Every annotation that there is, each in an Ingress of its own, with a text that no setting means.
    private static let poison = SettingTable.all.filter(\.places.isAnnotation).enumerated().map { number, setting in
        (name: "bad-\(number)", annotations: [setting.name: "};~forged '$x' ${ 0/0"])
    }
    private static let innocents = (0..<(1_000 - poison.count)).map { "well-\($0)" }

    private static func manifests(to target: String) -> String {
        // Every seventh or so is a bad one.
        let bad = poison.map { Tenant.hostile.ingress($0.name, to: target, annotations: $0.annotations) }
        let well = innocents.map { Tenant.innocent.ingress($0, to: target) }
        let share = well.count / bad.count
        return bad.indices.map { bad[$0] + well[($0 * share)..<(($0 + 1) * share)].joined() }.joined()
            + well[(bad.count * share)...].joined()
    }

    @Test func `a bad value of every setting keeps none of the others waiting, on a cold start and later`() async throws
    {
        #expect(Self.poison.count > 120)
        try await ControllerSite.use { site in
            try site.write(Self.manifests(to: "/v1"), to: "all.yaml")
            _ = try await site.run { _ in
                for (number, version) in ["/v1", "/v2"].enumerated() {
                    if number > 0 { try site.write(Self.manifests(to: version), to: "all.yaml") }
                    let last = try #require(Self.innocents.last)
                    try await eventually("\(last) leads to \(version)", within: .seconds(120)) {
                        (try? await site.ask("\(last).example")) == "302 \(version)"
                    }
                    // Until then workers of before may answer too.
                    try await eventually("the swap is over") { (try? await Self.swaps(of: site)) ?? 0 > number }
                    // All of them at once, and in one swap.
                    var others: [String] = []
                    for name in Self.innocents where try await site.ask("\(name).example") != "302 \(version)" {
                        others.append(name)
                    }
                    #expect(others == [])
                    #expect(try await Self.swaps(of: site) == number + 1)
                }
            }
        }
    }

    /// How many swaps there were, as Postern tells.
    private static func swaps(of site: ControllerSite) async throws -> Int? {
        let status = try await site.postern("status", "--state-dir", site.state, "--format", "json")
        let record = try JSONSerialization.jsonObject(with: Data(status.output)) as? [String: Any]
        return (record?["swaps"] as? [Any])?.count
    }
}
