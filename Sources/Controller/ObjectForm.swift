package import Diagnostics
package import KubernetesModel

/// An object that may be set aside, as it was at some time.
package enum ObjectForm: Sendable, Hashable {
    case ingress(Ingress)
    case secret(Secret)

    /// The form without its place in a file: an object that only moved has not changed.
    package var unplaced: ObjectForm {
        switch self {
        case .ingress(var ingress):
            ingress.metadata.source = nil
            return .ingress(ingress)
        case .secret(var secret):
            secret.metadata.source = nil
            return .secret(secret)
        }
    }
}

extension ObjectReference {
    /// Whether objects of the kind can serve in another form than that of the input.
    package var mayBeSetAside: Bool { isIngress || kind == Secret.kind }

    package var isIngress: Bool { kind == Ingress.kind }
}

extension ClusterSnapshot {
    /// The object as it is in the snapshot, without its place.
    package func form(of object: ObjectReference) -> ObjectForm? {
        let name = NamespacedName(namespace: object.namespace, name: object.name)
        switch object.kind {
        case Ingress.kind: return ingresses.first { $0.namespacedName == name }.map { ObjectForm.ingress($0).unplaced }
        case Secret.kind: return secrets.first { $0.namespacedName == name }.map { ObjectForm.secret($0).unplaced }
        default: return nil
        }
    }

    /// The snapshot with some of its objects in another form; `nil` leaves an object out.
    package func replacing(_ forms: [ObjectReference: ObjectForm?]) -> ClusterSnapshot {
        guard !forms.isEmpty else { return self }
        var result = self
        result.ingresses = ingresses.compactMap { ingress in
            guard let reference = ingress.reference, let form = forms[reference] else { return ingress }
            if case .ingress(let other)? = form { return other }
            return nil
        }
        result.secrets = secrets.compactMap { secret in
            guard let reference = secret.reference, let form = forms[reference] else { return secret }
            if case .secret(let other)? = form { return other }
            return nil
        }
        return result
    }

    /// The finding where its object stands, if that came from a file.
    package func placed(_ finding: Diagnostic) -> Diagnostic {
        guard finding.position == nil, let object = finding.object else { return finding }
        var finding = finding
        finding.position = metadata(of: object)?.source?.position
        return finding
    }

    private func metadata(of object: ObjectReference) -> ObjectMetadata? {
        switch object.kind {
        case Ingress.kind: ingresses.first { $0.reference == object }?.metadata
        case Secret.kind: secrets.first { $0.reference == object }?.metadata
        case Service.kind: services.first { $0.reference == object }?.metadata
        default: nil
        }
    }
}
