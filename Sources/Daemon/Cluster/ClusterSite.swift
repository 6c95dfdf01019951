import ClusterReporting
import ClusterSource
package import Controller
import Diagnostics
import IngressTranslation
import KubernetesClient
import KubernetesModel
package import Monitoring

/// A cluster that is served: what its API server says, and what is told there of it.
package struct ClusterSite: SnapshotSource {
    private let settings: ClusterSettings
    private let source: ClusterSource
    /// `nil` where this is the only replica.
    private let elector: LeaderElector?
    private let reporter: ClusterReporter
    private let journal: Journal
    private let metrics: ControllerMetrics
    private let served = ServedIngresses()

    package init(
        _ settings: ClusterSettings,
        _ access: ClusterAccess,
        _ journal: Journal,
        _ metrics: ControllerMetrics
    ) {
        let client = APIClient(access.configuration) { call in
            metrics.noteRequest(verb: call.verb, resource: call.resource, code: call.code.map(String.init) ?? "none")
        }
        source = ClusterSource(client, scope: settings.scope, names: settings.names) { change in
            metrics.note(change)
            await journal.log(change)
        }
        let pod = access.pod
        let lease = NamespacedName(namespace: access.namespace, name: settings.electionID)
        let elector = settings.election.map { timings in
            LeaderElector(client, lease: lease, identity: pod.identity, timings: timings)
        }
        reporter = ClusterReporter(
            client,
            addresses: PublishedAddresses(
                settings.addresses,
                client,
                pod: pod.name,
                reportsInternalAddresses: settings.reportsInternalAddresses
            ),
            updatesStatus: settings.updatesStatus,
            instance: pod.instance,
            pod: pod.subject,
            reportsLive: settings.reportsLive,
            isLeader: { await elector?.isLeader ?? true },
            notify: { await journal.log($0) }
        )
        self.settings = settings
        self.elector = elector
        self.journal = journal
        self.metrics = metrics
    }

    package var changes: AsyncStream<Void> { source.changes }

    package func watch() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await source.watch() }
            guard settings.reports else { return try await group.waitForAll() }
            group.addTask { await reporter.run(every: settings.statusInterval) }
            if let elector { group.addTask { await take(part: elector) } } else { metrics.noteLeadership(true) }
            while try await group.next() != nil {}
        }
    }

    package func reading() async -> SourceReading? {
        let start = ContinuousClock.now
        let reading = await source.read()
        guard reading.isSynced else { return nil }
        return SourceReading(
            snapshot: reading.snapshot,
            diagnostics: reading.diagnostics,
            lacksClasses: reading.lacksClasses,
            duration: ContinuousClock.now - start
        )
    }

    package func note(_ report: ReconcileReport) async {
        guard settings.reports else { return }
        await reporter.note(own: report.ownFindings)
        guard report.serves else { return }
        var findings: [(subject: EventSubject, finding: Diagnostic)] = []
        for finding in report.diagnostics {
            guard let object = finding.object, let identity = await source.identity(of: object) else { continue }
            let subject = EventSubject(object, identity)
            findings.append((subject, finding))
        }
        await reporter.note(
            ClusterReport(
                ingresses: await source.ingresses(),
                live: await served.update(to: report.translation.configuration),
                findings: findings
            )
        )
    }

    package func end() async {
        if settings.clearsStatusAtEnd { await reporter.clearAddresses(source.ingresses()) }
        await elector?.release()
    }

    private func take(part elector: LeaderElector) async {
        await elector.run { change in
            metrics.noteLeadership(change == .leads)
            await journal.log(change)
            if change == .leads { reporter.refresh() }
        }
    }
}

extension ReconcileReport {
    /// The findings about this replica, and about no object.
    fileprivate var ownFindings: [Diagnostic] {
        let general = diagnostics.filter { $0.object == nil }
        guard case .failure(let error) = outcome, error != .cancelled else { return general }
        return general + [Diagnostic(.error, code: "swap-failed", "\(error); what served before serves on")]
    }
}
