import Incremental

/// The fields we read of an EndpointSlice; an Endpoints object becomes one slice for each of its subsets.
///
/// See [EndpointSlice](https://kubernetes.io/docs/reference/kubernetes-api/service-resources/endpoint-slice-v1/).
package struct EndpointSlice: KubernetesObject {
    package static let kind = "EndpointSlice"
    /// The label that names the Service a slice belongs to.
    package static let serviceNameLabel = "kubernetes.io/service-name"

    private struct Fields: Sendable, Hashable {
        var metadata: ObjectMetadata
        var serviceName: String
        var origin: Origin
        var addressType: AddressType
        var endpoints: [Endpoint]
        var ports: [Port]
    }

    private var fields: ByReference<Fields>

    package init(
        metadata: ObjectMetadata,
        serviceName: String,
        origin: Origin = .endpointSlice,
        addressType: AddressType = .ipv4,
        endpoints: [Endpoint] = [],
        ports: [Port] = []
    ) {
        fields = ByReference(
            Fields(
                metadata: metadata,
                serviceName: serviceName,
                origin: origin,
                addressType: addressType,
                endpoints: endpoints,
                ports: ports
            )
        )
    }

    package var metadata: ObjectMetadata {
        _read { yield fields.value.metadata }
        set { fields.value.metadata = newValue }
    }

    /// The Service, in the slice's own namespace.
    package var serviceName: String { _read { yield fields.value.serviceName } }

    package var origin: Origin { _read { yield fields.value.origin } }

    package var addressType: AddressType { _read { yield fields.value.addressType } }

    package var endpoints: [Endpoint] {
        _read { yield fields.value.endpoints }
        set { fields.value.endpoints = newValue }
    }

    package var ports: [Port] {
        _read { yield fields.value.ports }
        set { fields.value.ports = newValue }
    }

    /// Whether both are copies of one, so that they need not be compared.
    package func isCopy(of other: Self) -> Bool { fields.isCopy(of: other.fields) }

    /// The kind of object that was read.
    package enum Origin: Sendable, Hashable {
        case endpointSlice
        /// The older API; counts only for a Service without slices.
        case endpoints
    }

    package enum AddressType: String, Sendable, Hashable, CaseIterable {
        case ipv4 = "IPv4"
        case ipv6 = "IPv6"
        case fqdn = "FQDN"
    }

    package struct Endpoint: Sendable, Hashable {
        package var addresses: [String]
        /// `nil` means unknown, which counts as ready.
        package var isReady: Bool?

        package init(addresses: [String], isReady: Bool? = nil) {
            self.addresses = addresses
            self.isReady = isReady
        }
    }

    package struct Port: Sendable, Hashable {
        /// The name of the Service port that this one belongs to; `nil` or empty where that has none.
        package var name: String?
        /// `nil` means every port.
        package var port: Int?
        package var transport: String

        package init(name: String? = nil, port: Int? = nil, transport: String = "TCP") {
            self.name = name
            self.port = port
            self.transport = transport
        }
    }
}
