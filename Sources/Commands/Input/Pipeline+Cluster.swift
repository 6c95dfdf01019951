import ClusterSource
import Diagnostics
import IngressTranslation
import KubernetesModel
import Manifests

extension Pipeline {
    /// The pipeline that takes objects as `postern run` takes those of a cluster.
    func serving(_ cluster: LiveCluster, _ options: TranslationOptions) -> Pipeline {
        var settings = settings
        settings.classes = options.classRules(readsManifests: false, controllerNamespace: cluster.namespace)
        if cluster.reading.lacksClasses { settings.classes.selectsByName = true }
        (settings.assumesMissingObjects, settings.readsManifests) = (false, false)
        return Pipeline(settings: settings, renderer: renderer)
    }

    /// Translates what a cluster holds.
    func result(of cluster: LiveCluster) -> Result {
        run(cluster.reading.snapshot, findings: cluster.reading.diagnostics, Survey())
    }

    /// Translates what a cluster would hold once manifests are applied.
    ///
    /// What the manifests do not hold stays. Throws ``CommandFailure`` where they hold nothing.
    func result(of input: LoadedManifests, appliedTo cluster: LiveCluster) throws(CommandFailure) -> Result {
        let reading = RepositoryReader(isStrict: false).read(input.files)
        guard !reading.isEmpty || !input.findings.isEmpty else {
            throw CommandFailure("the manifests are empty: there is nothing to apply")
        }
        let snapshot = cluster.reading.snapshot.applying(reading.snapshot, at: settings.now)
        let survey = Survey(files: input.files.count, passedOver: reading.passedOver.count)
        return run(
            snapshot,
            findings: cluster.reading.diagnostics + input.findings + reading.diagnostics,
            survey
        )
    }
}

extension ClusterSnapshot {
    /// The snapshot with objects in the place of those that have their names, and with those that are new.
    ///
    /// As an API server has it, an Ingress without a class gets the default one, and a new object is younger than others.
    fileprivate func applying(_ manifests: ClusterSnapshot, at now: Int64) -> ClusterSnapshot {
        var snapshot = self
        snapshot.ingressClasses = ingressClasses.replaced(by: manifests.ingressClasses, at: now) { $0.metadata = $1 }
        snapshot.services = services.replaced(by: manifests.services, at: now) { $0.metadata = $1 }
        snapshot.endpointSlices = endpointSlices.replaced(by: manifests.endpointSlices, at: now) { $0.metadata = $1 }
        snapshot.secrets = secrets.replaced(by: manifests.secrets, at: now) { $0.metadata = $1 }
        snapshot.configMaps = configMaps.replaced(by: manifests.configMaps, at: now) { $0.metadata = $1 }
        snapshot.namespaces = namespaces.replaced(by: manifests.namespaces, at: now) { $0.metadata = $1 }
        let defaultClass = snapshot.ingressClasses.filter(\.isDefault)
            .max { ($0.metadata.creationTimestamp ?? 0) < ($1.metadata.creationTimestamp ?? 0) }?.metadata.name
        let completed = manifests.ingresses.map { ingress in
            guard ingress.ingressClassName == nil,
                ingress.metadata.annotations["kubernetes.io/ingress.class"] == nil
            else { return ingress }
            var ingress = ingress
            let live = ingresses.first { $0.namespacedName == ingress.namespacedName }
            ingress.ingressClassName = live?.ingressClassName ?? defaultClass
            return ingress
        }
        snapshot.ingresses = ingresses.replaced(by: completed, at: now) { $0.metadata = $1 }
        snapshot.refused.formUnion(manifests.refused)
        return snapshot
    }
}

extension Array where Element: KubernetesObject {
    /// The same order, with what is new at the end.
    fileprivate func replaced(
        by others: [Element],
        at now: Int64,
        _ set: (inout Element, ObjectMetadata) -> Void
    ) -> [Element] {
        guard !others.isEmpty else { return self }
        let ages = Dictionary(map { ($0.namespacedName, $0.metadata.creationTimestamp) }) { first, _ in first }
        let dated = others.map { object in
            var (object, metadata) = (object, object.metadata)
            metadata.creationTimestamp = ages[object.namespacedName] ?? now
            set(&object, metadata)
            return object
        }
        let names = Set(others.map(\.namespacedName))
        return filter { !names.contains($0.namespacedName) } + dated
    }
}
