import ClusterSource
import Daemon
import Diagnostics
import IngressTranslation
import KubernetesClient
import KubernetesModel
import Synchronization

/// What an API server holds at one moment.
struct LiveCluster: Sendable {
    let reading: ClusterReading
    /// Where the controller is taken to run.
    let namespace: String

    private static let limit = Duration.seconds(60)

    /// Reads all that `postern run` would read; throws ``CommandFailure`` where that cannot be had.
    static func read(_ options: ClusterOptions, _ translation: TranslationOptions) async throws -> LiveCluster {
        let access = try ClusterAccess(options)
        let failure = Mutex<String?>(nil)
        let (failures, noteFailure) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let source = ClusterSource(
            APIClient(access.configuration),
            scope: ClusterScope(
                namespace: options.watchNamespace,
                namespaceSelector: options.watchNamespaceSelector
            ),
            names: translation.namedObjects(in: access.namespace)
        ) { change in
            switch change {
            case .undiscovered(let error):
                failure.withLock { $0 = "\(error)" }
                // Nobody waits at a terminal for an API server to come back.
                noteFailure.yield()
            case .failing(let resource, let error), .stillFailing(let resource, let error):
                failure.withLock { $0 = "\(resource.plural): \(error)" }
            case .recovered, .relisted, .complete: break
            }
        }
        let reading = try await withThrowingTaskGroup(of: ClusterReading?.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                try await source.watch()
                return nil
            }
            group.addTask {
                for await _ in source.changes {
                    let reading = await source.read()
                    if reading.isSynced { return reading }
                }
                return nil
            }
            group.addTask {
                for await _ in failures { return nil }
                return nil
            }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            return try await group.next() ?? nil
        }
        guard let reading else {
            let reason = failure.withLock { $0 } ?? "it does not answer within \(limit)"
            throw CommandFailure("the cluster cannot be read: \(reason)")
        }
        return LiveCluster(reading: reading, namespace: access.namespace)
    }
}

extension TranslationOptions {
    /// The objects of a cluster that are read because something names them.
    ///
    /// - Parameter namespace: The namespace where the controller runs.
    func namedObjects(in namespace: String) -> NamedObjects {
        let rules = classRules(readsManifests: false, controllerNamespace: namespace)
        let maps = NamedConfigMaps(annotationPrefix: annotationsPrefix.text)
        var names = NamedObjects()
        names.secrets = namedSecrets
        names.globalConfigMap = configMap
        names.streamConfigMaps = streamConfigMaps
        names.parameters = { rules.parameters(of: $0) }
        names.configMaps = { maps(of: $0, within: $1) }
        names.nestedConfigMaps = { NamedConfigMaps.named(in: $0) }
        return names
    }
}
