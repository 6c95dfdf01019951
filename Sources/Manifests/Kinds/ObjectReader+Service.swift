import KubernetesModel
import NginxSyntax
import YAML

extension ObjectReader {
    private static let objectSchema = Schema(["apiVersion", "kind", "metadata", "spec", "status"])
    private static let specSchema = Schema([
        "allocateLoadBalancerNodePorts", "clusterIP", "clusterIPs", "externalIPs", "externalName",
        "externalTrafficPolicy", "healthCheckNodePort", "internalTrafficPolicy", "ipFamilies", "ipFamily",
        "ipFamilyPolicy", "loadBalancerClass", "loadBalancerIP", "loadBalancerSourceRanges", "ports",
        "publishNotReadyAddresses", "selector", "sessionAffinity", "sessionAffinityConfig", "topologyKeys",
        "trafficDistribution", "type",
    ])
    private static let portSchema = Schema(["appProtocol", "name", "nodePort", "port", "protocol", "targetPort"])

    mutating func service() -> Service? {
        checkFields(of: root, Self.objectSchema)
        guard let metadata = metadata(.serviceName) else { return nil }
        let spec = field("spec", of: root) { $0.serviceSpec($1, metadata) }
        if case .absent = spec { refuseMissing("spec", at: position) }
        guard var service = spec.value else { return nil }
        service.metadata.source = source
        return service
    }

    private mutating func serviceSpec(_ node: Node, _ metadata: ObjectMetadata) -> Service? {
        mark(node)
        guard let spec = mapping(node, Self.specSchema) else { return nil }
        let type: Field<Service.ServiceType> = field("type", of: spec) { $0.choice($1) }
        let clusterIP = field("clusterIP", of: spec) { $0.clusterIP($1) }
        let externalName = field("externalName", of: spec) { $0.externalName($1) }
        let ports = field("ports", of: spec) { $0.items($1, "port") { $0.servicePort($1) } }
        if type.value == .externalName, case .absent = externalName {
            refuseMissing("externalName", at: node.position)
            return nil
        }
        guard !type.isRefused, !clusterIP.isRefused, !externalName.isRefused, !ports.isRefused else { return nil }
        return Service(
            metadata: metadata,
            type: type.value ?? .clusterIP,
            clusterIP: clusterIP.value.flatMap { $0.isEmpty ? nil : $0 },
            externalName: externalName.value.flatMap { $0.isEmpty ? nil : $0 },
            ports: ports.value ?? []
        )
    }

    private mutating func clusterIP(_ node: Node) -> String? {
        guard let text = text(node) else { return nil }
        guard text.isEmpty || text == "None" || IPAddress(text) != nil else {
            refuse("address-invalid", "a cluster IP is an IP address or 'None'", at: node)
            return nil
        }
        return text
    }

    private mutating func externalName(_ node: Node) -> String? {
        mark(node)
        guard let text = text(node), !text.isEmpty else { return nil }
        let name = text.hasSuffix(".") ? String(text.dropLast()) : text
        guard NameRule.subdomain.allows(name) else {
            refuse("host-invalid", "an external name is a host name in lower case", at: node)
            return nil
        }
        return text
    }

    private mutating func servicePort(_ node: Node) -> Service.Port? {
        guard let mapping = mapping(node, Self.portSchema) else { return nil }
        let name = field("name", of: mapping) { $0.optionalName($1, .label) }
        let port = field("port", of: mapping) { $0.portNumber($1) }
        if case .absent = port { refuseMissing("port", at: node.position) }
        let target = field("targetPort", of: mapping) { $0.targetPort($1) }
        let transport = field("protocol", of: mapping) { $0.transport($1) }
        let spoken = field("appProtocol", of: mapping) { $0.text($1) }
        guard let port = port.value, !name.isRefused, !target.isRefused, !transport.isRefused else { return nil }
        return Service.Port(
            name: name.value.flatMap { $0.isEmpty ? nil : $0 },
            port: port,
            targetPort: target.value,
            transport: transport.value?.rawValue ?? Transport.tcp.rawValue,
            appProtocol: spoken.value
        )
    }

    private mutating func targetPort(_ node: Node) -> Service.TargetPort? {
        if case .scalar(let scalar) = node.value, case .integer = scalar.meaning {
            return portNumber(node).map { .number($0) }
        }
        return name(node, .portName).map { .name($0) }
    }
}
