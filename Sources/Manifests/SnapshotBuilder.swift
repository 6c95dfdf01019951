import Diagnostics
import KubernetesModel

/// Gathers objects into a snapshot; a later object takes the place of an earlier one with its kind and name.
struct SnapshotBuilder {
    private var ingresses = ObjectTable<Ingress>()
    private var ingressClasses = ObjectTable<IngressClass>()
    private var services = ObjectTable<Service>()
    private var endpointSlices = ObjectTable<EndpointSlice>()
    private var endpoints = ObjectTable<[EndpointSlice]>()
    private var secrets = ObjectTable<Secret>()
    private var configMaps = ObjectTable<ConfigMap>()
    private var namespaces = ObjectTable<Namespace>()

    init() {}

    mutating func add(_ object: ManifestObject, diagnostics: inout [Diagnostic]) {
        let duplicate =
            switch object {
            case .ingress(let value): ingresses.insert(value, .ingress, value.metadata)
            case .ingressClass(let value): ingressClasses.insert(value, .ingressClass, value.metadata)
            case .service(let value): services.insert(value, .service, value.metadata)
            case .endpointSlice(let value): endpointSlices.insert(value, .endpointSlice, value.metadata)
            case .endpoints(let metadata, let slices): endpoints.insert(slices, .endpoints, metadata)
            case .secret(let value): secrets.insert(value, .secret, value.metadata)
            case .configMap(let value): configMaps.insert(value, .configMap, value.metadata)
            case .namespace(let value): namespaces.insert(value, .namespace, value.metadata)
            }
        if let duplicate { diagnostics.append(duplicate) }
    }

    var snapshot: ClusterSnapshot {
        var snapshot = ClusterSnapshot()
        snapshot.ingresses = ingresses.objects
        snapshot.ingressClasses = ingressClasses.objects
        snapshot.services = services.objects
        snapshot.endpointSlices = endpointSlices.objects + endpoints.objects.flatMap(\.self)
        snapshot.secrets = secrets.objects
        snapshot.configMaps = configMaps.objects
        snapshot.namespaces = namespaces.objects
        return snapshot
    }
}

/// The objects of one kind.
private struct ObjectTable<Object> {
    private(set) var objects: [Object] = []
    private var places: [NamespacedName: (index: Int, position: SourcePosition?)] = [:]

    /// Returns a warning when the object replaces another.
    mutating func insert(_ object: Object, _ kind: ObjectKind, _ metadata: ObjectMetadata) -> Diagnostic? {
        let (name, position) = (metadata.namespacedName, metadata.source?.position)
        guard let earlier = places.updateValue((objects.count, position), forKey: name) else {
            objects.append(object)
            return nil
        }
        objects[earlier.index] = object
        places[name] = (earlier.index, position)
        return .duplicateObject(kind, metadata, earlier: earlier.position)
    }
}

extension Diagnostic {
    fileprivate static func duplicateObject(
        _ kind: ObjectKind,
        _ metadata: ObjectMetadata,
        earlier: SourcePosition?
    ) -> Diagnostic {
        let name = ObjectReference(kind: kind.rawValue, namespace: metadata.namespace, name: metadata.name)
        let place = earlier.map { " at \($0)" } ?? ""
        return Diagnostic(
            .warning,
            code: "duplicate-object",
            "this object replaces the one of the same kind and name\(place)",
            object: name,
            field: "metadata.name",
            position: metadata.source?.position(of: "metadata.name"),
            hint: "remove one of the two"
        )
    }
}
