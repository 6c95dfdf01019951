package import Diagnostics
package import KubernetesClient
package import KubernetesModel

/// Tells the cluster what became of its Ingresses: their status, and events.
///
/// Only the leader tells of what all replicas see; of itself each replica does. The last report wins: what has not been
/// told when the next one comes need not be.
package actor ClusterReporter {
    /// A failure to report to the cluster.
    package enum Failure: Sendable, Hashable {
        case addresses(APIError)
        /// Nothing publishes an address yet.
        case noAddress
        case status(count: Int, APIError)
        case events(APIError)
    }

    private let addresses: PublishedAddresses
    private let writer: StatusWriter
    private let events: EventWriter
    private let updatesStatus: Bool
    /// Whether an event is told of each Ingress that has gone live.
    private let reportsLive: Bool
    /// This replica, for what is wrong with it alone; `nil` outside of a Pod.
    private let pod: EventSubject?
    private let isLeader: @Sendable () async -> Bool
    private let notify: @Sendable (Failure) async -> Void
    private let updates: AsyncStream<Void>
    private let update: AsyncStream<Void>.Continuation

    private var report: ClusterReport?
    private var plan = StatusPlan()
    private var table = EventTable(now: .now)
    private var ownFindings: [Diagnostic] = []
    private var ownTable = EventTable(now: .now)
    private var liveness = LiveIngresses()
    private var published: [LoadBalancerAddress] = []
    private var failures: Set<Failure> = []

    /// - Parameters:
    ///   - instance: The name under which events are told: that of the Pod.
    ///   - pod: The Pod itself, if it is one.
    ///   - notify: Called once with each failure, as long as it lasts.
    package init(
        _ client: APIClient,
        addresses: PublishedAddresses,
        updatesStatus: Bool,
        instance: String,
        pod: EventSubject? = nil,
        reportsLive: Bool = true,
        isLeader: @escaping @Sendable () async -> Bool,
        notify: @escaping @Sendable (Failure) async -> Void
    ) {
        self.addresses = addresses
        self.updatesStatus = updatesStatus
        self.pod = pod
        self.reportsLive = reportsLive
        self.isLeader = isLeader
        self.notify = notify
        writer = StatusWriter(client)
        events = EventWriter(client, instance: instance)
        (updates, update) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Takes a report, to be told soon.
    package func note(_ report: ClusterReport) {
        self.report = report
        update.yield()
    }

    /// Takes all that is wrong with this replica, to be told soon.
    package func note(own findings: [Diagnostic]) {
        guard findings != ownFindings else { return }
        ownFindings = findings
        update.yield()
    }

    /// Tells again what was reported last: the leader, or the addresses, may be others.
    package nonisolated func refresh() {
        update.yield()
    }

    /// Tells reports until the task is cancelled, and refreshes what was told.
    package func run(every period: Duration) async {
        await withDiscardingTaskGroup { group in
            group.addTask { [self] in
                while (try? await Task.sleep(for: period)) != nil { refresh() }
            }
            for await _ in updates { await sendReport() }
            group.cancelAll()
        }
    }

    /// Clears our addresses if no other Pod serves them.
    ///
    /// - Parameter ingresses: As the API server knows them now.
    package func clearAddresses(_ ingresses: [ObjectRecord]) async {
        guard updatesStatus, await isLeader() else { return }
        guard (try? await addresses.isLastPod()) == true else { return }
        _ = await writer.write(plan.farewell(ingresses, addresses: published))
    }

    private func sendReport() async {
        var found = await sendOwnEvents()
        if let report, await isLeader() {
            if updatesStatus { found.formUnion(await writeStatus(report)) }
            found.formUnion(await sendEvents(report))
        }
        guard !Task.isCancelled else { return }
        for failure in found.subtracting(failures) { await notify(failure) }
        failures = found
    }

    private func writeStatus(_ report: ClusterReport) async -> Set<Failure> {
        do throws(APIError) {
            published = try await addresses.current()
        } catch {
            return [.addresses(error)]
        }
        guard !published.isEmpty else { return [.noAddress] }
        let changes = plan.changes(report, addresses: published)
        guard let failure = await writer.write(changes) else { return [] }
        return [.status(count: failure.count, failure.reason)]
    }

    private func sendEvents(_ report: ClusterReport) async -> Set<Failure> {
        let now = ContinuousClock.now
        let standing = report.findings.map { EventTable.Entry(subject: $0.subject, note: EventNote($0.finding)) }
        var entries = table.due(standing, now: now)
        for ingress in liveness.newlyLive(in: report) where reportsLive {
            guard let subject = EventSubject(ingress), table.allows(subject, now) else { continue }
            entries.append(EventTable.Entry(subject: subject, note: .goesLive))
        }
        let (unsent, failures) = await send(entries)
        for entry in unsent { table.forget(entry) }
        return failures
    }

    private func sendOwnEvents() async -> Set<Failure> {
        guard let pod else { return [] }
        let standing = ownFindings.map { EventTable.Entry(subject: pod, note: EventNote($0)) }
        let (unsent, failures) = await send(ownTable.due(standing, now: .now))
        for entry in unsent { ownTable.forget(entry) }
        return failures
    }

    /// Returns what is to be tried again.
    private func send(_ entries: [EventTable.Entry]) async -> (unsent: ArraySlice<EventTable.Entry>, Set<Failure>) {
        var failures: Set<Failure> = []
        for (index, entry) in entries.enumerated() {
            do throws(APIError) {
                try await events.send(entry)
            } catch {
                failures.insert(.events(error))
                // What a server that answers does not take now, as in a namespace that is about to go, it never will.
                if error.isLasting { continue }
                return (entries[index...], failures)
            }
        }
        return ([], failures)
    }
}

extension EventSubject {
    fileprivate init?(_ ingress: ObjectRecord) {
        let name = ingress.name
        guard let object = ObjectReference(kind: Ingress.kind, namespace: name.namespace, name: name.name) else {
            return nil
        }
        self.init(object, ingress.identity)
    }
}

extension EventNote {
    fileprivate static var goesLive: EventNote {
        EventNote(.normal, "Live", "nginx serves the Ingress as it is now")
    }
}

extension APIError {
    fileprivate var isLasting: Bool {
        switch self {
        case .forbidden, .invalid: true
        default: false
        }
    }
}
