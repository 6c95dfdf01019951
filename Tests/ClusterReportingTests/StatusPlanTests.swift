import KubernetesModel
import Testing

@testable import ClusterReporting

@Suite struct StatusPlanTests {
    private let ours: [LoadBalancerAddress] = [.ip("192.0.2.1")]

    private func ingress(_ name: String, _ addresses: [LoadBalancerAddress] = [], generation: Int64 = 1)
        -> IngressRecord
    {
        IngressRecord(
            name: NamespacedName(namespace: "shop", name: name),
            identity: ObjectIdentity(apiVersion: "networking.k8s.io/v1", uid: name),
            generation: generation,
            addresses: addresses
        )
    }

    private func names(_ names: String...) -> Set<NamespacedName> {
        Set(names.map { NamespacedName(namespace: "shop", name: $0) })
    }

    @Test func `only what differs is written, and only to Ingresses that are live`() {
        var plan = StatusPlan()
        let all = [ingress("c"), ingress("a", [.hostname("old.example")]), ingress("b", ours), ingress("d")]
        let changes = plan.changes(all, live: names("a", "b", "c"), addresses: ours)
        #expect(changes.map(\.ingress.name.name) == ["a", "c"])
        #expect(changes.allSatisfy { $0.addresses == ours })
    }

    @Test func `without an address nothing is written or cleared`() {
        var plan = StatusPlan()
        #expect(plan.changes([ingress("a", ours)], live: names("a"), addresses: []) == [])
        #expect(plan.farewell([ingress("a", ours)], addresses: []) == [])
    }

    @Test func `an Ingress that is served no longer loses our addresses, once, and nobody else's`() {
        var plan = StatusPlan()
        let theirs: [LoadBalancerAddress] = [.ip("192.0.2.9")]
        _ = plan.changes([ingress("a", ours), ingress("b", ours)], live: names("a", "b"), addresses: ours)
        let after = [ingress("a", ours), ingress("b", theirs), ingress("never-ours", ours)]
        let changes = plan.changes(after, live: [], addresses: ours)
        #expect(changes == [.init(ingress: after[0], addresses: [])])
        #expect(plan.changes(after, live: [], addresses: ours) == [])
    }

    @Test func `the last one to serve clears what it served`() {
        var plan = StatusPlan()
        let all = [ingress("a", ours), ingress("b", ours)]
        _ = plan.changes(all, live: names("a"), addresses: ours)
        #expect(plan.farewell(all, addresses: ours) == [.init(ingress: all[0], addresses: [])])
    }

    @Test func `going live is news when it was not so before, in this form`() {
        var liveness = LiveIngresses()
        func news(_ ingresses: [IngressRecord], _ live: Set<NamespacedName>) -> [String] {
            liveness.news(ClusterReport(ingresses: ingresses, live: live, findings: [])).map(\.name.name)
        }
        // Another process has told of `a`, whose status has addresses.
        #expect(news([ingress("a", ours), ingress("b"), ingress("c")], names("a", "b")) == ["b"])
        #expect(news([ingress("a", ours), ingress("b", ours), ingress("c")], names("a", "b", "c")) == ["c"])
        #expect(news([ingress("a", ours), ingress("b", ours, generation: 2)], names("a", "b")) == ["b"])
        #expect(news([ingress("a", ours)], names()) == [])
        #expect(news([ingress("a", ours)], names("a")) == ["a"])
    }
}
