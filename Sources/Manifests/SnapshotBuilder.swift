import Diagnostics
import KubernetesModel

/// Gathers objects into a snapshot; a later object takes the place of an earlier one with its kind and name.
struct SnapshotBuilder {
    private var ingresses = ReadObjects<Ingress>()
    private var ingressClasses = ReadObjects<IngressClass>()
    private var services = ReadObjects<Service>()
    private var endpointSlices = ReadObjects<EndpointSlice>()
    private var endpoints = ReadObjects<[EndpointSlice]>()
    private var secrets = ReadObjects<Secret>()
    private var configMaps = ReadObjects<ConfigMap>()
    private var namespaces = ReadObjects<Namespace>()

    private var refused: Set<ObjectReference> = []

    private let isRepository: Bool
    /// The objects that stand in more than one file of a repository.
    private var repeated: Set<ObjectReference> = []

    init(isRepository: Bool = false) {
        self.isRepository = isRepository
    }

    /// Takes note of objects that are of no use, unless they are found elsewhere.
    mutating func refuse(_ objects: [ObjectReference]) { refused.formUnion(objects) }

    mutating func add(_ object: ManifestObject, diagnostics: inout [Diagnostic]) {
        let duplicate =
            switch object {
            case .ingress(let value): ingresses.insert(value, value.metadata)
            case .ingressClass(let value): ingressClasses.insert(value, value.metadata)
            case .service(let value): services.insert(value, value.metadata)
            case .endpointSlice(let value): endpointSlices.insert(value, value.metadata)
            case .endpoints(let metadata, let slices): endpoints.insert(slices, metadata)
            case .secret(let value): secrets.insert(value, value.metadata)
            case .configMap(let value): configMaps.insert(value, value.metadata)
            case .namespace(let value): namespaces.insert(value, value.metadata)
            }
        guard let duplicate else { return }
        // Of a repository's files, those of one stage or one example are applied, and not all.
        if isRepository, duplicate.earlier?.file != object.metadata.source?.position.file {
            if let reference = object.reference { repeated.insert(reference) }
        } else {
            diagnostics.append(.duplicateObject(object.kind, object.metadata, earlier: duplicate.earlier))
        }
    }

    /// The findings about the objects together.
    var notes: [Diagnostic] { repeated.isEmpty ? [] : [.repeatedObjects(repeated.sorted())] }

    var snapshot: ClusterSnapshot {
        var snapshot = ClusterSnapshot()
        snapshot.ingresses = ingresses.objects
        snapshot.ingressClasses = ingressClasses.objects
        snapshot.services = services.objects
        snapshot.endpointSlices = endpointSlices.objects + endpoints.objects.flatMap(\.self)
        snapshot.secrets = secrets.objects
        snapshot.configMaps = configMaps.objects
        snapshot.namespaces = namespaces.objects
        snapshot.refused = refused.filter { !names($0) }
        return snapshot
    }
}

extension SnapshotBuilder {
    private func names(_ object: ObjectReference) -> Bool {
        let name = NamespacedName(namespace: object.namespace, name: object.name)
        return switch object.kind {
        case Service.kind: services.holds(name)
        case Secret.kind: secrets.holds(name)
        case ConfigMap.kind: configMaps.holds(name)
        // Of others nobody asks.
        default: true
        }
    }
}

private struct Replaced {
    var earlier: SourcePosition?
}

/// The objects of one kind.
private struct ReadObjects<Object> {
    private(set) var objects: [Object] = []
    private var places: [NamespacedName: (index: Int, position: SourcePosition?)] = [:]

    func holds(_ name: NamespacedName) -> Bool { places[name] != nil }

    /// Returns the object that is replaced, by where it stands.
    mutating func insert(_ object: Object, _ metadata: ObjectMetadata) -> Replaced? {
        let (name, position) = (metadata.namespacedName, metadata.source?.position)
        guard let earlier = places.updateValue((objects.count, position), forKey: name) else {
            objects.append(object)
            return nil
        }
        objects[earlier.index] = object
        places[name] = (earlier.index, position)
        return Replaced(earlier: earlier.position)
    }
}

extension Diagnostic {
    fileprivate static func repeatedObjects(_ objects: [ObjectReference]) -> Diagnostic {
        let names = objects.prefix(3).map(\.description).joined(separator: ", ") + (objects.count > 3 ? ", …" : "")
        let isOne = objects.count == 1
        return Diagnostic(
            .note,
            code: "objects-in-several-files",
            "\(objects.count) object\(isOne ? " stands" : "s stand") in more than one file (\(names)); the last one counts",
            hint: "check what is applied together by itself: one stage, one example"
        )
    }

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
