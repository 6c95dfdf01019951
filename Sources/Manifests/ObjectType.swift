import Diagnostics

/// The type that an object names.
struct ObjectType: Hashable {
    var apiVersion: String
    var kind: String

    var isList: Bool { kind.hasSuffix("List") }

    /// The type that the items of a typed list may leave out; `nil` for a `List`, whose items all say theirs.
    var item: ObjectType? {
        kind == "List" ? nil : ObjectType(apiVersion: apiVersion, kind: String(kind.dropLast(4)))
    }

    /// The part of `apiVersion` before the version; empty for the core API.
    var group: String {
        apiVersion.firstIndex(of: "/").map { String(apiVersion[..<$0]) } ?? ""
    }
}

/// A kind of object that Postern reads.
enum ObjectKind: String, CaseIterable {
    case ingress = "Ingress"
    case ingressClass = "IngressClass"
    case service = "Service"
    case endpointSlice = "EndpointSlice"
    case endpoints = "Endpoints"
    case secret = "Secret"
    case configMap = "ConfigMap"
    case namespace = "Namespace"

    /// The versions that are read, the newest first.
    var apiVersions: [String] {
        switch self {
        case .ingress: ["networking.k8s.io/v1", "networking.k8s.io/v1beta1", "extensions/v1beta1"]
        case .ingressClass: ["networking.k8s.io/v1", "networking.k8s.io/v1beta1"]
        case .endpointSlice: ["discovery.k8s.io/v1", "discovery.k8s.io/v1beta1"]
        case .service, .endpoints, .secret, .configMap, .namespace: ["v1"]
        }
    }

    /// Whether objects of the kind matter only where an Ingress, or its class, names them.
    var isReliedOn: Bool {
        switch self {
        case .ingress, .ingressClass, .endpointSlice, .endpoints: false
        case .service, .secret, .configMap, .namespace: true
        }
    }

    var isNamespaced: Bool {
        self != .ingressClass && self != .namespace
    }
}

/// Whether a type is one that Postern reads.
enum Recognition: Hashable {
    case known(ObjectKind)
    /// A kind that is read, in a version or a group of Kubernetes where it is not.
    case otherVersion(ObjectKind)
    /// A kind that does not exist in a group of which Postern reads others.
    case misspelt(suggestion: String)
    /// Somebody else's.
    case foreign

    init(_ type: ObjectType) {
        guard let kind = ObjectKind(rawValue: type.kind) else {
            self = Self.misspelling(type)
            return
        }
        if kind.apiVersions.contains(type.apiVersion) {
            self = .known(kind)
        } else {
            self = Self.isKubernetesOwn(type.group) ? .otherVersion(kind) : .foreign
        }
    }

    private static func misspelling(_ type: ObjectType) -> Recognition {
        let neighbours = ObjectKind.allCases.filter { kind in
            kind.apiVersions.contains(type.apiVersion) && type.apiVersion != "v1"
        }
        let suggestion = Spelling.suggestion(for: type.kind, among: neighbours.map(\.rawValue))
        return suggestion.map { .misspelt(suggestion: $0) } ?? .foreign
    }

    /// Whether Kubernetes itself defines the group; groups of others have a domain of their own.
    private static func isKubernetesOwn(_ group: String) -> Bool {
        !group.contains(".") || group == "networking.k8s.io" || group == "discovery.k8s.io"
    }
}
