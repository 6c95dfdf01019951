import Diagnostics
import KubernetesModel
import NginxSyntax
import YAML

extension ObjectReader {
    private static let objectSchema = Schema([
        "addressType", "apiVersion", "endpoints", "kind", "metadata", "ports",
    ])
    private static let endpointSchema = Schema([
        "addresses", "conditions", "deprecatedTopology", "hints", "hostname", "nodeName", "targetRef", "topology",
        "zone",
    ])
    private static let conditionsSchema = Schema(["ready", "serving", "terminating"])
    private static let portSchema = Schema(["appProtocol", "name", "port", "protocol"])

    mutating func endpointSlice() -> EndpointSlice? {
        checkFields(of: root, Self.objectSchema)
        guard var metadata = metadata(.subdomain) else { return nil }
        let type: Field<EndpointSlice.AddressType> = field("addressType", of: root) { $0.choice($1) }
        if case .absent = type { refuseMissing("addressType", at: position) }
        guard let type = type.value else { return nil }
        let endpoints = field("endpoints", of: root) { $0.items($1, "endpoint") { $0.endpoint($1, type) } }
        let ports = field("ports", of: root) { $0.items($1, "port") { $0.endpointPort($1) } }
        guard !endpoints.isRefused, !ports.isRefused else { return nil }
        guard let serviceName = metadata.labels[EndpointSlice.serviceNameLabel], !serviceName.isEmpty else {
            reportNoService()
            return nil
        }
        metadata.source = source
        return EndpointSlice(
            metadata: metadata,
            serviceName: serviceName,
            addressType: type,
            endpoints: endpoints.value ?? [],
            ports: ports.value ?? []
        )
    }

    private mutating func reportNoService() {
        report(
            .note,
            "endpoint-slice-without-service",
            "no label '\(EndpointSlice.serviceNameLabel)' says which Service this EndpointSlice is of; it is left out",
            at: position
        )
    }

    private mutating func endpoint(_ node: Node, _ type: EndpointSlice.AddressType) -> EndpointSlice.Endpoint? {
        guard let mapping = mapping(node, Self.endpointSchema) else { return nil }
        let addresses = field("addresses", of: mapping) { $0.items($1, "address") { $0.address($1, type) } }
        if case .absent = addresses { refuseMissing("addresses", at: node.position) }
        let isReady = field("conditions", of: mapping) { reader, node -> Field<Bool>? in
            guard let conditions = reader.mapping(node, Self.conditionsSchema) else { return nil }
            return reader.field("ready", of: conditions) { $0.boolean($1) }
        }
        guard let addresses = addresses.value, !addresses.isEmpty else { return nil }
        guard !isReady.isRefused, isReady.value?.isRefused != true else { return nil }
        return EndpointSlice.Endpoint(addresses: addresses, isReady: isReady.value?.value)
    }

    private mutating func address(_ node: Node, _ type: EndpointSlice.AddressType) -> String? {
        guard let text = text(node) else { return nil }
        let isValid =
            switch type {
            case .ipv4: IPAddress(text)?.family == .ipv4
            case .ipv6: IPAddress(text)?.family == .ipv6
            case .fqdn: NameRule.subdomain.allows(text.lowercased())
            }
        guard isValid else {
            refuse("address-invalid", "this is not an address of the type \(type.rawValue)", at: node)
            return nil
        }
        return text
    }

    mutating func endpointPort(_ node: Node) -> EndpointSlice.Port? {
        guard let mapping = mapping(node, Self.portSchema) else { return nil }
        let name = field("name", of: mapping) { $0.optionalName($1, .label) }
        let port = field("port", of: mapping) { $0.portNumber($1) }
        let transport = field("protocol", of: mapping) { $0.transport($1) }
        guard !name.isRefused, !port.isRefused, !transport.isRefused else { return nil }
        return EndpointSlice.Port(
            name: name.value,
            port: port.value,
            transport: transport.value?.rawValue ?? Transport.tcp.rawValue
        )
    }
}
