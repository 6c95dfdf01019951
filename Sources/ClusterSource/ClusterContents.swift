import Diagnostics
import KubernetesClient
import KubernetesModel
import Manifests

/// What is known of all objects of a cluster.
struct ClusterContents: Sendable {
    private let scope: ClusterScope
    private var tables: [WatchedKind: ObjectTable] = [:]
    private var queries: [WatchedKind: ResourceQuery]?

    init(_ scope: ClusterScope) {
        self.scope = scope
    }

    subscript(kind: WatchedKind) -> ObjectTable {
        get { tables[kind] ?? ObjectTable() }
        // Changed in place: a table is not copied for each change.
        _modify { yield &tables[kind, default: ObjectTable()] }
    }

    /// Takes note of what is asked for; what is no longer, as the API has it no more, is forgotten.
    mutating func expect(_ queries: [WatchedKind: ResourceQuery]) {
        self.queries = queries
        tables = tables.filter { queries[$0.key] != nil }
    }

    var isSynced: Bool {
        guard let queries else { return false }
        return queries.keys.allSatisfy { kind in
            let table = self[kind]
            if table.isListed { return true }
            guard case .forbidden = table.failure else { return false }
            return !kind.isEssential
        }
    }

    /// The identity of an object that is known.
    func identity(of reference: ObjectReference) -> ObjectIdentity? {
        let name = NamespacedName(namespace: reference.namespace, name: reference.name)
        for (kind, query) in queries ?? [:] where query.resource.kind == reference.kind {
            return self[kind][name]?.identity
        }
        return nil
    }

    mutating func reading() -> ClusterReading {
        var reading = ClusterReading(isSynced: isSynced)
        reading.diagnostics = conditions
        for kind in WatchedKind.allCases {
            for object in self[kind].ordered() where counts(object, of: kind) {
                reading.diagnostics += object.diagnostics
                if let object = object.object { reading.snapshot.add(object) }
                if case .ingress(let ingress) = object.object {
                    reading.ingresses.append(IngressRecord(object, generation: ingress.metadata.generation))
                }
            }
        }
        return reading
    }

    private func counts(_ object: ClusterObject, of kind: WatchedKind) -> Bool {
        guard kind == .ingresses, scope.namespaceSelector != nil else { return true }
        return self[.namespaces][NamespacedName(namespace: "", name: object.name.namespace)] != nil
    }

    /// What cannot be read because it is forbidden; what fails otherwise passes, or is told in the log.
    private var conditions: [Diagnostic] {
        WatchedKind.allCases.compactMap { kind in
            guard let query = queries?[kind], case .forbidden(let status) = self[kind].failure else { return nil }
            return .forbidden(query, status, isKnown: self[kind].isListed, isEssential: kind.isEssential)
        }
    }
}

extension IngressRecord {
    fileprivate init(_ object: ClusterObject, generation: Int64?) {
        self.init(
            name: object.name,
            identity: object.identity,
            resourceVersion: object.resourceVersion,
            generation: generation,
            addresses: object.addresses
        )
    }
}

extension ClusterSnapshot {
    fileprivate mutating func add(_ object: ManifestObject) {
        switch object {
        case .ingress(let value): ingresses.append(value)
        case .ingressClass(let value): ingressClasses.append(value)
        case .service(let value): services.append(value)
        case .endpointSlice(let value): endpointSlices.append(value)
        case .endpoints(_, let slices): endpointSlices += slices
        case .secret(let value): secrets.append(value)
        case .configMap(let value): configMaps.append(value)
        case .namespace(let value): namespaces.append(value)
        }
    }
}

extension Diagnostic {
    fileprivate static func forbidden(
        _ query: ResourceQuery,
        _ status: APIStatus,
        isKnown: Bool,
        isEssential: Bool
    ) -> Diagnostic {
        let consequence =
            if isKnown {
                "what was read of them before keeps serving, and their changes are not seen"
            } else if isEssential {
                "nothing is reconciled until they can"
            } else {
                "what needs them is not served"
            }
        let resource = query.resource
        let role = query.namespace.map { "a Role in the namespace '\($0)'" } ?? "a ClusterRole"
        return Diagnostic(
            .error,
            code: "resource-forbidden",
            "\(resource.plural) cannot be read: \(status.message.printable); \(consequence)",
            hint: "grant get, list and watch on \(resource.plural) of the API group '\(resource.group)' by \(role)"
        )
    }
}
