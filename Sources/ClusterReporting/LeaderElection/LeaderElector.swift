import Foundation
package import KubernetesClient
package import KubernetesModel

/// Takes part in the election of the one replica that writes to the cluster.
///
/// Replicas agree through a Lease: whoever holds it renews it, the others wait until it is over.
package actor LeaderElector {
    /// A change in the election.
    package enum Change: Sendable, Hashable {
        case leads
        /// Somebody else leads, or the lease could not be renewed.
        case follows(leader: String?)
        /// The lease cannot be read or written; reported once until that changes.
        case failed(APIError)
    }

    private let client: APIClient
    private let lease: NamespacedName
    private let timings: ElectionTimings
    private var judge: LeaseJudge
    /// When the lease was last ours for sure; `nil` where it is not.
    private var renewed: ContinuousClock.Instant?
    private var known: Change?

    /// - Parameter identity: Tells this process from all others, also of other times.
    package init(
        _ client: APIClient,
        lease: NamespacedName,
        identity: String,
        timings: ElectionTimings = ElectionTimings()
    ) {
        self.client = client
        self.lease = lease
        self.timings = timings
        judge = LeaseJudge(identity: identity)
    }

    /// Whether this process may write.
    package var isLeader: Bool { renewed.map { ContinuousClock.now < $0 + timings.renewDeadline } ?? false }

    /// Takes part until the task is cancelled; the lease is kept until ``release()``.
    ///
    /// - Parameter notify: Called with each change.
    package func run(notify: @Sendable (Change) async -> Void) async {
        while !Task.isCancelled {
            await attempt(notify)
            // Replicas that were started together must not meet at the lease for ever.
            let pause = timings.retryPeriod * Double.random(in: 1...1.2)
            guard (try? await Task.sleep(for: pause)) != nil else { return }
        }
    }

    /// Hands the lease over to whoever asks next.
    package func release() async {
        guard isLeader else { return }
        renewed = nil
        guard let held = try? await read(), held.spec.holder == judge.identity else { return }
        var spec = held.spec
        spec.holderIdentity = ""
        spec.leaseDurationSeconds = 1
        spec.renewTime = MicroTime.text(Date())
        _ = try? await write(spec, over: held)
    }

    private func attempt(_ notify: @Sendable (Change) async -> Void) async {
        let start = ContinuousClock.now
        do throws(APIError) {
            let holder = try await takeOrRenew(now: start)
            renewed = holder == judge.identity ? start : nil
            await report(isLeader ? .leads : .follows(leader: holder), notify)
        } catch {
            guard error != .cancelled else { return }
            let wasLeader = known == .leads
            if !isLeader {
                renewed = nil
                if wasLeader { await report(.follows(leader: nil), notify) }
            }
            if !isLeader || !wasLeader { await report(.failed(error), notify) }
        }
    }

    /// Returns who holds the lease then.
    private func takeOrRenew(now: ContinuousClock.Instant) async throws(APIError) -> String? {
        do throws(APIError) {
            return try await step(now: now)
        } catch .conflict {
            // Somebody was faster, or has only put a label on the lease.
            return try await step(now: now)
        }
    }

    private func step(now: ContinuousClock.Instant) async throws(APIError) -> String? {
        guard let held = try await read() else {
            let new = Lease(metadata: .init(name: lease.name, namespace: lease.namespace), spec: ours(transitions: 0))
            let created: Lease = try await client.create(
                new,
                at: APIResource.leases.path(namespace: lease.namespace),
                timeout: patience
            )
            return created.spec.holder
        }
        switch judge.judge(held.spec, now: now) {
        case .wait(let holder): return holder
        case .renew:
            var spec = held.spec
            spec.renewTime = MicroTime.text(Date())
            spec.leaseDurationSeconds = leaseSeconds
            return try await write(spec, over: held).spec.holder
        case .take:
            let isReturn = held.spec.holder == judge.identity
            let transitions = (held.spec.leaseTransitions ?? 0) + (isReturn ? 0 : 1)
            return try await write(ours(transitions: transitions), over: held).spec.holder
        }
    }

    /// A server that does not answer in this time may answer the next request.
    private var patience: Duration { timings.renewDeadline / 2 }

    private var leaseSeconds: Int { Int(timings.leaseDuration / .seconds(1)) }

    private func ours(transitions: Int) -> Lease.Spec {
        let now = MicroTime.text(Date())
        return Lease.Spec(
            holderIdentity: judge.identity,
            leaseDurationSeconds: leaseSeconds,
            acquireTime: now,
            renewTime: now,
            leaseTransitions: transitions
        )
    }

    /// Returns `nil` where nobody has created the lease yet.
    private func read() async throws(APIError) -> Lease? {
        do throws(APIError) {
            return try await client.get(APIResource.leases.path(of: lease), timeout: patience)
        } catch .notFound {
            return nil
        }
    }

    /// Changes the lease if nobody has changed it since.
    private func write(_ spec: Lease.Spec, over held: Lease) async throws(APIError) -> Lease {
        var changed = held
        changed.spec = spec
        return try await client.patch(APIResource.leases.path(of: lease), .merge, changed, timeout: patience)
    }

    private func report(_ change: Change, _ notify: @Sendable (Change) async -> Void) async {
        guard known?.isSame(as: change) != true else { return }
        known = change
        await notify(change)
    }
}

extension LeaderElector.Change {
    /// A failure that goes on may be reported in other words each time: how long it took, for one.
    fileprivate func isSame(as other: Self) -> Bool {
        if case .failed(let error) = self, case .failed(let next) = other { return error.word == next.word }
        return self == other
    }
}
