import KubernetesModel
import NginxSyntax
import YAML

/// The older form of EndpointSlices.
extension ObjectReader {
    private static let objectSchema = Schema(["apiVersion", "kind", "metadata", "subsets"])
    private static let subsetSchema = Schema(["addresses", "notReadyAddresses", "ports"])
    private static let addressSchema = Schema(["hostname", "ip", "nodeName", "targetRef"])

    /// Returns a slice for each subset, two where one holds addresses of both versions of IP.
    mutating func endpoints() -> (ObjectMetadata, [EndpointSlice])? {
        checkFields(of: root, Self.objectSchema)
        guard var metadata = metadata(.subdomain) else { return nil }
        let subsets = field("subsets", of: root) { $0.items($1, "subset") { $0.subset($1) } }
        guard !subsets.isRefused else { return nil }
        metadata.source = source
        let slices = (subsets.value ?? []).flatMap { $0.slices(metadata) }
        return (metadata, slices)
    }

    private mutating func subset(_ node: Node) -> Subset? {
        guard let mapping = mapping(node, Self.subsetSchema) else { return nil }
        let ready = field("addresses", of: mapping) { $0.items($1, "address") { $0.address($1) } }
        let notReady = field("notReadyAddresses", of: mapping) { $0.items($1, "address") { $0.address($1) } }
        let ports = field("ports", of: mapping) { $0.items($1, "port") { $0.endpointPort($1) } }
        guard !ready.isRefused, !notReady.isRefused, !ports.isRefused else { return nil }
        return Subset(ready: ready.value ?? [], notReady: notReady.value ?? [], ports: ports.value ?? [])
    }

    private mutating func address(_ node: Node) -> Address? {
        guard let mapping = mapping(node, Self.addressSchema) else { return nil }
        let address = field("ip", of: mapping) { reader, node -> Address? in
            guard let text = reader.text(node) else { return nil }
            guard let address = IPAddress(text) else {
                reader.refuse("address-invalid", "this is not an IP address", at: node)
                return nil
            }
            return Address(text: text, family: address.family)
        }
        if case .absent = address { refuseMissing("ip", at: node.position) }
        return address.value
    }
}

private struct Address {
    var text: String
    var family: IPAddress.Family
}

private struct Subset {
    var ready: [Address]
    var notReady: [Address]
    var ports: [EndpointSlice.Port]

    func slices(_ metadata: ObjectMetadata) -> [EndpointSlice] {
        let types: [(IPAddress.Family, EndpointSlice.AddressType)] = [(.ipv4, .ipv4), (.ipv6, .ipv6)]
        return types.compactMap { family, type in
            let endpoints = endpoints(ready, family, isReady: true) + endpoints(notReady, family, isReady: false)
            guard !endpoints.isEmpty else { return nil }
            return EndpointSlice(
                metadata: metadata,
                serviceName: metadata.name,
                origin: .endpoints,
                addressType: type,
                endpoints: endpoints,
                ports: ports
            )
        }
    }

    private func endpoints(
        _ addresses: [Address],
        _ family: IPAddress.Family,
        isReady: Bool
    ) -> [EndpointSlice.Endpoint] {
        addresses.filter { $0.family == family }.map { .init(addresses: [$0.text], isReady: isReady) }
    }
}
