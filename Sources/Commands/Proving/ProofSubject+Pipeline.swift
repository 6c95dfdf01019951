package import Diagnostics
import IngressTranslation
package import KubernetesModel
package import NginxControl

extension Pipeline.Result {
    /// What is to be proven of the manifests, and what they come to without some of their objects.
    package func proofSubject(of pipeline: Pipeline) -> ProofSubject {
        let (snapshot, configuration, settings) = (snapshot, configuration, pipeline.settings)
        return ProofSubject(ingresses: snapshot.ingresses.compactMap(\.reference)) { leftOut in
            guard !leftOut.isEmpty else { return configuration }
            return translate(snapshot.without(leftOut), with: settings).configuration
        }
    }
}

extension ClusterSnapshot {
    /// The finding where its object stands, if that came from a file.
    package func placed(_ finding: Diagnostic) -> Diagnostic {
        guard finding.position == nil, let object = finding.object else { return finding }
        var finding = finding
        finding.position = metadata(of: object)?.source?.position
        return finding
    }

    fileprivate func without(_ leftOut: Set<ObjectReference>) -> ClusterSnapshot {
        var rest = self
        rest.ingresses.removeAll { $0.reference.map(leftOut.contains) ?? false }
        rest.secrets.removeAll { $0.reference.map(leftOut.contains) ?? false }
        return rest
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
