import YAML

/// The nature of a document, as far as it matters for reading a whole repository.
enum DocumentNature: Sendable, Hashable {
    /// An object of Kubernetes, or what was meant to be one.
    case manifest
    /// An object that matters only where an Ingress names it.
    case reliedOn
    /// An object of a kind that nobody here reads.
    case foreign
    /// Somebody else's YAML or JSON.
    case other
    /// Text that becomes a manifest only when a program has filled it in.
    case template
    /// An object whose values only the owner of a key can read.
    case encrypted
    case unreadable
}

extension DocumentNature {
    var isObject: Bool {
        switch self {
        case .manifest, .reliedOn, .foreign: true
        case .other, .template, .encrypted, .unreadable: false
        }
    }
}

extension Mapping {
    /// Whether it has the parts of an object, and lacks only what kind of one it is.
    var looksLikeObject: Bool { self["metadata"] != nil && self["spec"] != nil }

    /// Whether SOPS has encrypted the values, as what it leaves beside them tells.
    var isEncrypted: Bool {
        guard let note = self["sops"] else { return false }
        return note["mac"] != nil || note["version"] != nil
    }

    /// Whether an object's name or spec has places that a program is to fill in: no value of theirs holds braces.
    var holdsPlaceholder: Bool {
        let metadata = self["metadata"]
        return [metadata?["name"], metadata?["namespace"], self["spec"]].contains { $0?.holdsPlaceholder ?? false }
    }
}

extension Node {
    fileprivate var holdsPlaceholder: Bool {
        switch value {
        case .scalar(let scalar): scalar.text.contains("{{")
        case .sequence(let items): items.contains(where: \.holdsPlaceholder)
        case .mapping(let mapping): mapping.entries.contains { $0.value.holdsPlaceholder }
        case .refused: false
        }
    }
}
