import KubernetesModel
import Testing

@testable import ClusterReporting

@Suite struct StatusPlanTests {
    private let ours: [LoadBalancerAddress] = [.ip("192.0.2.1")]

    private func ingress(_ name: String, _ addresses: [LoadBalancerAddress] = [], generation: Int64 = 1)
        -> ObjectRecord
    {
        ObjectRecord(
            name: NamespacedName(namespace: "shop", name: name),
            identity: ObjectIdentity(apiVersion: "networking.k8s.io/v1", uid: name),
            generation: generation,
            addresses: addresses
        )
    }

    private func report(_ ingresses: [ObjectRecord], live: Set<NamespacedName>) -> ClusterReport {
        ClusterReport(ingresses: ingresses, live: live, findings: [])
    }

    private func names(_ names: String...) -> Set<NamespacedName> {
        Set(names.map { NamespacedName(namespace: "shop", name: $0) })
    }

    @Test func `only what differs is written, and only to Ingresses that are live`() {
        var plan = StatusPlan()
        let all = [ingress("c"), ingress("a", [.hostname("old.example")]), ingress("b", ours), ingress("d")]
        let changes = plan.changes(report(all, live: names("a", "b", "c")), addresses: ours)
        #expect(changes.map(\.ingress.name.name) == ["a", "c"])
        #expect(changes.allSatisfy { $0.addresses == ours })
    }

    @Test func `without an address nothing is written or cleared`() {
        var plan = StatusPlan()
        #expect(plan.changes(report([ingress("a", ours)], live: names("a")), addresses: []) == [])
        #expect(plan.farewell([ingress("a", ours)], addresses: []) == [])
    }

    @Test func `an Ingress that is served no longer loses our addresses, once, and nobody else's`() {
        var plan = StatusPlan()
        let theirs: [LoadBalancerAddress] = [.ip("192.0.2.9")]
        _ = plan.changes(report([ingress("a", ours), ingress("b", ours)], live: names("a", "b")), addresses: ours)
        let after = [ingress("a", ours), ingress("b", theirs), ingress("never-ours", ours)]
        let changes = plan.changes(report(after, live: []), addresses: ours)
        #expect(changes == [.init(ingress: after[0], addresses: [])])
        #expect(plan.changes(report(after, live: []), addresses: ours) == [])
    }

    @Test func `what differs is written again until it differs no more, whatever else changes meanwhile`() {
        var plan = StatusPlan()
        func changed(_ ingresses: [ObjectRecord], _ live: Set<NamespacedName>, by ours: [LoadBalancerAddress])
            -> [String]
        {
            plan.changes(report(ingresses, live: live), addresses: ours).map(\.ingress.name.name)
        }
        let live = names("a", "b", "c")
        #expect(changed([ingress("a", ours), ingress("b", ours), ingress("c", ours)], live, by: ours) == [])
        // Somebody takes the addresses away; twice nothing comes of writing them.
        let lost = [ingress("a", ours), ingress("b"), ingress("c", ours)]
        #expect(changed(lost, live, by: ours) == ["b"])
        #expect(changed(lost, live, by: ours) == ["b"])
        #expect(changed([ingress("a", ours), ingress("b"), ingress("c")], live, by: ours) == ["b", "c"])
        let whole = [ingress("c", ours), ingress("a", ours), ingress("b", ours)]
        #expect(changed(whole, live, by: ours) == [])
        #expect(changed(whole, live, by: [.ip("192.0.2.2")]) == ["a", "b", "c"])
        #expect(changed(whole, names("a", "c"), by: ours) == ["b"])
    }

    @Test func `of Ingresses that come under new names and go nothing is kept`() {
        var plan = StatusPlan()
        for number in 0..<100 {
            let new = ingress("new-\(number)", ours)
            _ = plan.changes(report([ingress("a", ours), new], live: names("a", "new-\(number)")), addresses: ours)
        }
        #expect(plan.ours == names("a", "new-99"))
        #expect(plan.farewell([ingress("a", ours)], addresses: ours).map(\.ingress.name.name) == ["a"])
    }

    @Test func `the last one to serve clears what it served`() {
        var plan = StatusPlan()
        let all = [ingress("a", ours), ingress("b", ours)]
        _ = plan.changes(report(all, live: names("a")), addresses: ours)
        #expect(plan.farewell(all, addresses: ours) == [.init(ingress: all[0], addresses: [])])
    }

    @Test func `going live is news when it was not so before, in this form`() {
        var liveness = LiveIngresses()
        func news(_ ingresses: [ObjectRecord], _ live: Set<NamespacedName>) -> [String] {
            liveness.newlyLive(in: ClusterReport(ingresses: ingresses, live: live, findings: [])).map(\.name.name)
        }
        // Another process has told of `a`, whose status has addresses.
        #expect(news([ingress("a", ours), ingress("b"), ingress("c")], names("a", "b")) == ["b"])
        #expect(news([ingress("a", ours), ingress("b", ours), ingress("c")], names("a", "b", "c")) == ["c"])
        #expect(news([ingress("a", ours), ingress("b", ours, generation: 2)], names("a", "b")) == ["b"])
        // Another order, and another generation of one that is not live, are no news.
        let swapped = [ingress("b", ours, generation: 2), ingress("a", ours), ingress("d", generation: 3)]
        #expect(news(swapped, names("a", "b")) == [])
        #expect(news(swapped, names("a", "b", "d")) == ["d"])
        #expect(news([ingress("a", ours)], names()) == [])
        #expect(news([ingress("a", ours)], names("a")) == ["a"])
    }
}
