package import Diagnostics
import Incremental

/// The fields we read of a Secret.
package struct Secret: KubernetesObject {
    package static let kind = "Secret"

    private struct Fields: Sendable, Hashable {
        var metadata: ObjectMetadata
        var type: String
        var data: [String: SecretBytes]
        var isWithheld: Bool
    }

    private var fields: ByReference<Fields>

    package init(
        metadata: ObjectMetadata,
        type: String = "Opaque",
        data: [String: SecretBytes] = [:]
    ) {
        fields = ByReference(
            Fields(
                metadata: metadata,
                type: type,
                data: data,
                isWithheld: false
            )
        )
    }

    package var metadata: ObjectMetadata {
        _read { yield fields.value.metadata }
        set { fields.value.metadata = newValue }
    }

    /// `kubernetes.io/tls`, `Opaque` and so on.
    package var type: String { _read { yield fields.value.type } }

    /// The decoded values of `data`, with those of `stringData` over them.
    package var data: [String: SecretBytes] {
        _read { yield fields.value.data }
        set { fields.value.data = newValue }
    }

    /// Whether it is there, and must not serve.
    package private(set) var isWithheld: Bool {
        _read { yield fields.value.isWithheld }
        set { fields.value.isWithheld = newValue }
    }

    /// Whether both are copies of one, so that they need not be compared.
    package func isCopy(of other: Self) -> Bool { fields.isCopy(of: other.fields) }

    /// The Secret without its data, for where it must not serve.
    package var withheld: Secret {
        var secret = Secret(metadata: metadata, type: type)
        secret.isWithheld = true
        return secret
    }
}

extension Secret {
    /// See [TLS Secrets](https://kubernetes.io/docs/concepts/configuration/secret/#tls-secrets).
    private static let certificateKeys: Set<String> = ["ca.crl", "ca.crt", "dhparam.pem", "tls.crt", "tls.key"]

    /// The Secret with no more than a certificate and its key, authorities of others' certificates with what these revoke,
    /// and parameters of key exchange.
    package var certificateOnly: Secret { Secret(metadata: metadata, type: type, data: certificateData) }

    /// The Secret as one that nobody names: there may be very many of them, and none of what they hold is served.
    package var nameOnly: Secret { Secret(metadata: metadata, type: type) }

    private var certificateData: [String: SecretBytes] { data.filter { Self.certificateKeys.contains($0.key) } }
}

extension Ingress {
    /// The Secrets that it may be served with.
    ///
    /// - Parameter reach: Those that its annotations may name.
    package func namedSecrets(within reach: NamespaceReach) -> [NamespacedName] {
        let entries = tls.compactMap(\.secretName).map { NamespacedName(namespace: metadata.namespace, name: $0) }
        guard !metadata.annotations.isEmpty else { return entries }
        let annotations = ["auth-secret", "auth-tls-secret", "proxy-ssl-secret"]
        return entries + annotations.flatMap { secrets(namedBy: $0, within: reach) }
    }

    /// Those of them whose keys may have any name: that of a user.
    package func passwordSecrets(within reach: NamespaceReach) -> [NamespacedName] {
        secrets(namedBy: "auth-secret", within: reach)
    }

    /// The Secrets that an annotation names, whichever prefix it has.
    private func secrets(namedBy annotation: String, within reach: NamespaceReach) -> [NamespacedName] {
        guard !metadata.annotations.isEmpty else { return [] }
        return metadata.annotations.compactMap { key, value in
            guard key.hasSuffix("/\(annotation)") else { return nil }
            let parts = value.split(separator: "/", omittingEmptySubsequences: false)
            guard let name = parts.last, !name.isEmpty, parts.count < 3 else { return nil }
            let namespace = parts.count == 1 ? metadata.namespace : String(parts[0])
            guard reach == .any || namespace == metadata.namespace else { return nil }
            return NamespacedName(namespace: namespace, name: String(name))
        }
    }
}

/// The fields we read of a ConfigMap.
package struct ConfigMap: KubernetesObject {
    package static let kind = "ConfigMap"

    package var metadata: ObjectMetadata
    package var data: [String: String]

    package init(metadata: ObjectMetadata, data: [String: String] = [:]) {
        self.metadata = metadata
        self.data = data
    }
}

extension ConfigMap {
    /// The Secrets that it names where it holds the settings of all Ingresses.
    package var namedSecrets: [NamespacedName] {
        [data["ssl-dh-param"].flatMap { NamespacedName($0) }].compactMap(\.self)
    }
}

/// The fields we read of a Namespace.
package struct Namespace: KubernetesObject {
    package static let kind = "Namespace"

    package var metadata: ObjectMetadata

    package init(metadata: ObjectMetadata) {
        self.metadata = metadata
    }
}
