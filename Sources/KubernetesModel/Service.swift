/// The fields we read of a Service.
///
/// See [Service](https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/).
package struct Service: KubernetesObject {
    package static let kind = "Service"

    package var metadata: ObjectMetadata
    package var type: ServiceType
    /// The first cluster address; `None` for a headless Service, `nil` where it is not assigned.
    package var clusterIP: String?
    /// The name that an ExternalName Service stands for.
    package var externalName: String?
    package var ports: [Port]

    package init(
        metadata: ObjectMetadata,
        type: ServiceType = .clusterIP,
        clusterIP: String? = nil,
        externalName: String? = nil,
        ports: [Port] = []
    ) {
        self.metadata = metadata
        self.type = type
        self.clusterIP = clusterIP
        self.externalName = externalName
        self.ports = ports
    }

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
