import Incremental

/// The fields we read of a Service.
///
/// See [Service](https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/).
package struct Service: KubernetesObject {
    package static let kind = "Service"

    private struct Fields: Sendable, Hashable {
        var metadata: ObjectMetadata
        var type: ServiceType
        var clusterIP: String?
        var externalName: String?
        var ports: [Port]
    }

    private var fields: ByReference<Fields>

    package init(
        metadata: ObjectMetadata,
        type: ServiceType = .clusterIP,
        clusterIP: String? = nil,
        externalName: String? = nil,
        ports: [Port] = []
    ) {
        fields = ByReference(
            Fields(
                metadata: metadata,
                type: type,
                clusterIP: clusterIP,
                externalName: externalName,
                ports: ports
            )
        )
    }

    package var metadata: ObjectMetadata {
        _read { yield fields.value.metadata }
        set { fields.value.metadata = newValue }
    }

    package var type: ServiceType { _read { yield fields.value.type } }

    /// The first cluster address; `None` for a headless Service, `nil` where it is not assigned.
    package var clusterIP: String? {
        _read { yield fields.value.clusterIP }
        set { fields.value.clusterIP = newValue }
    }

    /// The name that an ExternalName Service stands for.
    package var externalName: String? { _read { yield fields.value.externalName } }

    package var ports: [Port] {
        _read { yield fields.value.ports }
        set { fields.value.ports = newValue }
    }

    /// Whether both are copies of one, so that they need not be compared.
    package func isCopy(of other: Self) -> Bool { fields.isCopy(of: other.fields) }

    package enum ServiceType: String, Sendable, Hashable, CaseIterable {
        case clusterIP = "ClusterIP"
        case nodePort = "NodePort"
        case loadBalancer = "LoadBalancer"
        case externalName = "ExternalName"
    }

    package struct Port: Sendable, Hashable {
        /// `nil` is allowed where a Service has one port only.
        package var name: String?
        package var port: Int
        /// `nil` means the same number as `port`.
        package var targetPort: TargetPort?
        /// `TCP`, `UDP` or `SCTP`.
        package var transport: String
        /// The protocol that is spoken there, such as `https` or `kubernetes.io/h2c`.
        package var appProtocol: String?

        package init(
            name: String? = nil,
            port: Int,
            targetPort: TargetPort? = nil,
            transport: String = "TCP",
            appProtocol: String? = nil
        ) {
            self.appProtocol = appProtocol
            self.name = name
            self.port = port
            self.targetPort = targetPort
            self.transport = transport
        }
    }

    package enum TargetPort: Sendable, Hashable {
        case number(Int)
        case name(String)
    }
}
