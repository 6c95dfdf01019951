package import Diagnostics
import IngressTranslation
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

    package var reference: ObjectReference? {
        switch self {
        case .ingress(let ingress): ingress.reference
        case .secret(let secret): secret.reference
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
    ///
    /// A Secret that is withheld has no form.
    package func form(of object: ObjectReference) -> ObjectForm? {
        let name = NamespacedName(namespace: object.namespace, name: object.name)
        switch object.kind {
        case Ingress.kind: return ingresses.first { $0.namespacedName == name }.map { ObjectForm.ingress($0).unplaced }
        case Secret.kind:
            let secret = secrets.first { $0.namespacedName == name && !$0.isWithheld }
            return secret.map { ObjectForm.secret($0).unplaced }
        default: return nil
        }
    }

    /// The same of many objects at once.
    func forms(of objects: Set<ObjectReference>) -> [ObjectReference: ObjectForm] {
        let all = ingresses.map(ObjectForm.ingress) + secrets.filter { !$0.isWithheld }.map(ObjectForm.secret)
        return all.reduce(into: [:]) { forms, form in
            guard let reference = form.reference, objects.contains(reference), forms[reference] == nil else { return }
            forms[reference] = form.unplaced
        }
    }

    /// The Secrets that Ingresses, options and the global ConfigMap name, without those that are withheld.
    func usedSecrets(_ settings: TranslationSettings) -> [Secret] {
        let global = settings.globalConfigMap.flatMap { name in configMaps.first { $0.namespacedName == name } }
        let shared = [settings.defaultCertificateSecret].compactMap(\.self) + (global?.namedSecrets ?? [])
        let names = Set(ingresses.flatMap { $0.namedSecrets(within: global?.reach ?? .own) } + shared)
        return secrets.filter { names.contains($0.namespacedName) && !$0.isWithheld }
    }

    /// The snapshot with some of its objects in another form; `nil` leaves an Ingress out, and withholds a Secret.
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
            return secret.withheld
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
