import Diagnostics
import KubernetesClient
import KubernetesModel
import Manifests

/// All objects that are known, by kind.
struct ClusterState: Sendable {
    private(set) var ingresses = ObjectTable<Ingress>()
    private var ingressClasses = ObjectTable<IngressClass>()
    private var services = ObjectTable<Service>()
    private var endpointSlices = ObjectTable<EndpointSlice>()
    private var endpoints = ObjectTable<[EndpointSlice]>()
    var secrets = ObjectTable<Secret>()
    private var namespaces = ObjectTable<Namespace>()
    private var configMaps = ObjectTable<ConfigMap>()

    var classes: [IngressClass] { ingressClasses.objects }

    /// Takes all objects of a kind; returns whether that changes what is served or found.
    mutating func replace(_ kind: WatchedKind, with objects: [WatchedObject]) -> Bool {
        var isChange = false
        for object in objects where set(object, kind, isListed: true) { isChange = true }
        return keepOnly(Set(objects.map(\.name)), kind) || isChange
    }

    /// Takes what has happened to one object; returns whether that changes what is served or found.
    mutating func take(_ change: ReflectorUpdate<WatchedObject>.Change, _ kind: WatchedKind) -> Bool {
        switch change {
        case .changed(let object): set(object, kind, isListed: false)
        case .removed(let object): remove(object, kind)
        }
    }

    private mutating func set(_ object: WatchedObject, _ kind: WatchedKind, isListed: Bool) -> Bool {
        switch (kind, object.object) {
        case (.ingress, .ingress(let value)): ingresses.set(object, value, isListed)
        case (.ingressClass, .ingressClass(let value)): ingressClasses.set(object, value, isListed)
        case (.service, .service(let value)): services.set(object, value, isListed)
        case (.endpoints, .endpointSlice(let value)): endpointSlices.set(object, value, isListed)
        case (.endpoints, .endpoints(_, let slices)): endpoints.set(object, slices, isListed)
        case (.secret, .secret(let value)): secrets.set(object, value, isListed)
        case (.namespace, .namespace(let value)): namespaces.set(object, value, isListed)
        case (.configMap, .configMap(let value)): configMaps.set(object, value, isListed)
        case (.ingress, _): ingresses.set(object, nil, isListed)
        case (.ingressClass, _): ingressClasses.set(object, nil, isListed)
        case (.service, _): services.set(object, nil, isListed)
        case (.endpoints, _): endpointSlices.set(object, nil, isListed)
        case (.secret, _): secrets.set(object, nil, isListed)
        case (.namespace, _): namespaces.set(object, nil, isListed)
        case (.configMap, _): configMaps.set(object, nil, isListed)
        }
    }

    private mutating func remove(_ object: WatchedObject, _ kind: WatchedKind) -> Bool {
        switch kind {
        case .ingress: return ingresses.remove(object)
        case .ingressClass: return ingressClasses.remove(object)
        case .service: return services.remove(object)
        case .endpoints:
            let isChange = endpointSlices.remove(object)
            return endpoints.remove(object) || isChange
        case .secret: return secrets.remove(object)
        case .namespace: return namespaces.remove(object)
        case .configMap: return configMaps.remove(object)
        }
    }

    func configMap(_ name: NamespacedName) -> ConfigMap? {
        configMaps.objects.first { $0.namespacedName == name }
    }

    /// Forgets a ConfigMap that no class names any more.
    mutating func forget(configMap name: NamespacedName) {
        _ = configMaps.remove(name)
    }

    private mutating func keepOnly(_ names: Set<NamespacedName>, _ kind: WatchedKind) -> Bool {
        switch kind {
        case .ingress: return ingresses.keepOnly(names)
        case .ingressClass: return ingressClasses.keepOnly(names)
        case .service: return services.keepOnly(names)
        case .endpoints:
            let isChange = endpointSlices.keepOnly(names)
            return endpoints.keepOnly(names) || isChange
        case .secret: return secrets.keepOnly(names)
        case .namespace: return namespaces.keepOnly(names)
        case .configMap(let name): return names.contains(name) ? false : configMaps.remove(name)
        }
    }

    /// - Parameter selectsNamespaces: Whether only Ingresses of the known namespaces count.
    func snapshot(selectsNamespaces: Bool) -> ClusterSnapshot {
        var snapshot = ClusterSnapshot()
        snapshot.ingresses = counted(selectsNamespaces)
        snapshot.ingressClasses = ingressClasses.objects
        snapshot.services = services.objects
        snapshot.endpointSlices = endpointSlices.objects
        if !endpoints.objects.isEmpty { snapshot.endpointSlices += endpoints.objects.flatMap(\.self) }
        snapshot.secrets = secrets.objects
        snapshot.namespaces = namespaces.objects
        snapshot.configMaps = configMaps.objects
        return snapshot
    }

    var diagnostics: [Diagnostic] {
        ingresses.diagnostics + ingressClasses.diagnostics + services.diagnostics + endpointSlices.diagnostics
            + endpoints.diagnostics + secrets.diagnostics + namespaces.diagnostics + configMaps.diagnostics
    }

    /// The identity of an object, which another of its name does not share; `nil` for an unknown one.
    func identity(of object: ObjectReference) -> ObjectIdentity? {
        let name = NamespacedName(namespace: object.namespace, name: object.name)
        switch object.kind {
        case Ingress.kind: return ingresses.entries[name]?.identity
        case IngressClass.kind: return ingressClasses.entries[name]?.identity
        case Service.kind: return services.entries[name]?.identity
        case EndpointSlice.kind: return endpointSlices.entries[name]?.identity
        case "Endpoints": return endpoints.entries[name]?.identity
        case Secret.kind: return secrets.entries[name]?.identity
        case ConfigMap.kind: return configMaps.entries[name]?.identity
        default: return nil
        }
    }

    /// All Ingresses that count, as the API server knows them.
    func records(selectsNamespaces: Bool) -> [ObjectRecord] {
        guard selectsNamespaces else { return ingresses.records }
        let selected = selectedNamespaces
        return ingresses.records.filter { selected.contains($0.name.namespace) }
    }

    /// The Ingresses of the namespaces that are known to be selected, or all.
    private func counted(_ selectsNamespaces: Bool) -> [Ingress] {
        guard selectsNamespaces else { return ingresses.objects }
        let selected = selectedNamespaces
        return ingresses.objects.filter { selected.contains($0.metadata.namespace) }
    }
}

extension ClusterState {
    private var selectedNamespaces: Set<String> { Set(namespaces.objects.map(\.metadata.name)) }
}

extension ObjectTable {
    fileprivate mutating func set(_ object: WatchedObject, _ value: Object?, _ isListed: Bool) -> Bool {
        set(object.name, value, Entry(object), isListed: isListed)
    }

    fileprivate mutating func remove(_ object: WatchedObject) -> Bool {
        remove(object.name, Entry(object))
    }
}

extension ObjectTable.Entry {
    fileprivate init(_ object: WatchedObject) {
        self.init(
            identity: object.identity,
            generation: object.generation,
            resourceVersion: object.resourceVersion,
            addresses: object.addresses,
            diagnostics: object.diagnostics
        )
    }
}
