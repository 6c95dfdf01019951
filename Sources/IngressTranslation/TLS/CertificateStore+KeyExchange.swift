import Certificates
import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

extension CertificateStore {
    /// The parameters of Diffie-Hellman key exchanges that a Secret holds.
    mutating func keyExchangeParameters(in name: NamespacedName) -> Result<PrivateFile, SecretError> {
        if let known = keyExchange, known.secret == name { return known.verdict }
        let verdict = checkKeyExchangeParameters(in: name)
        keyExchange = (name, verdict)
        return verdict
    }

    private func checkKeyExchangeParameters(in name: NamespacedName) -> Result<PrivateFile, SecretError> {
        guard let secret = secrets[name] else {
            return .failure(settings.assumesMissingObjects ? .assumed : .notFound)
        }
        guard !secret.isWithheld else { return .failure(.setAside) }
        guard let text = secret.data["dhparam.pem"], !text.bytes.isEmpty else {
            return .failure(.keyMissing("dhparam.pem"))
        }
        guard let file = PrivateFile.Name(ofSecret: name, in: "dh") else { return .failure(.notFound) }
        do throws(DiffieHellmanParameters.Defect) {
            let parameters = try DiffieHellmanParameters(text, at: settings.tlsSecurityLevel)
            return .success(
                PrivateFile(
                    .keyExchangeParameters,
                    file: file,
                    origin: ObjectReference(kind: Secret.kind, name),
                    content: parameters.content,
                    summary: ["Diffie-Hellman parameters of \(parameters.bits) bits"]
                )
            )
        } catch {
            return .failure(.parametersUnreadable(error.reason))
        }
    }
}
