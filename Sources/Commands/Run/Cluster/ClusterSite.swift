import ClusterReporting
import ClusterSource
import Controller
import Diagnostics
import IngressTranslation
import KubernetesClient
import KubernetesModel
import LeaderElection
import Monitoring

/// A cluster that is served: what its API server says, and what is told there of it.
struct ClusterSite: SnapshotSource {
    private let source: ClusterSource
    private let elector: LeaderElector
    private let reporter: ClusterReporter
    private let reporting: ReportingOptions
    /// Whether it stays, to say what has become of Ingresses; who reconciles one time only says nothing.
    private let reports: Bool
    private let journal: Journal
    private let metrics: ControllerMetrics
    private let served = ServedIngresses()

    init(_ run: Run, _ access: ClusterAccess, _ journal: Journal, _ metrics: ControllerMetrics) {
        let client = APIClient(access.configuration) { call in
            metrics.noteRequest(verb: call.verb, resource: call.resource, code: call.code.map(String.init) ?? "none")
        }
        let scope = ClusterScope(
            namespace: run.cluster.watchNamespace,
            namespaceSelector: run.cluster.watchNamespaceSelector
        )
        let rules = run.translation.classRules(readsManifests: false, controllerNamespace: access.namespace)
        var names = NamedObjects()
        names.secrets = run.translation.namedSecrets
        names.globalConfigMap = run.translation.configMap
        names.parameters = { rules.parameters(of: $0) }
        let configMaps = NamedConfigMaps(annotationPrefix: run.translation.annotationsPrefix.text)
        names.configMaps = { configMaps(of: $0) }
        source = ClusterSource(client, scope: scope, names: names) { notice in
            metrics.note(notice)
            await journal.note(notice)
        }
        let pod = access.pod
        let lease = NamespacedName(namespace: access.namespace, name: run.reporting.electionID)
        let elector = LeaderElector(client, lease: lease, identity: pod.identity)
        reporter = ClusterReporter(
            client,
            addresses: PublishedAddresses(
                run.reporting.addressSource,
                client,
                pod: pod.name,
                reportsInternalAddresses: run.reporting.reportsNodeInternalAddress
            ),
            updatesStatus: run.reporting.updateStatus,
            instance: pod.instance,
            pod: pod.subject,
            isLeader: { await elector.isLeader },
            tell: { await journal.note($0) }
        )
        self.elector = elector
        self.journal = journal
        self.metrics = metrics
        reporting = run.reporting
        reports = !run.once
    }

    var changes: AsyncStream<Void> { source.changes }

    func watch() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await source.watch() }
            guard reports else { return try await group.waitForAll() }
            group.addTask { await reporter.run(every: reporting.statusUpdateInterval.duration) }
            group.addTask {
                await elector.run { change in
                    metrics.noteLeadership(change == .leads)
                    await journal.note(change)
                    if change == .leads { reporter.refresh() }
                }
            }
            while try await group.next() != nil {}
        }
    }

    func reading() async -> SourceReading? {
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

    func note(_ report: ReconcileReport) async {
        guard reports else { return }
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

    func end() async {
        if reporting.updateStatusOnShutdown { await reporter.sayFarewell(source.ingresses()) }
        await elector.release()
    }
}

extension ReconcileReport {
    /// What is wrong with this replica, and with no object.
    fileprivate var ownFindings: [Diagnostic] {
        let general = diagnostics.filter { $0.object == nil }
        guard case .failure(let error) = outcome, error != .cancelled else { return general }
        return general + [Diagnostic(.error, code: "swap-failed", "\(error); what served before serves on")]
    }
}

extension ReportingOptions {
    fileprivate var addressSource: PublishedAddresses.Source {
        if let publishStatusAddress { return .fixed(publishStatusAddress.addresses) }
        return publishService.map { .service($0) } ?? .nodes
    }
}
