import Diagnostics
import KubernetesModel
import YAML

/// Where an Ingress sends requests.
extension ObjectReader {
    mutating func backend(_ node: Node) -> Ingress.Backend? {
        mark(node)
        let isOutdated = !isBeta && node.isOutdatedBackend
        guard let mapping = mapping(node, isBeta || isOutdated ? IngressSchema.backendBeta : IngressSchema.backend)
        else { return nil }
        guard !isOutdated else {
            refuse(
                "missing-field",
                "'serviceName' and 'servicePort' are those of v1beta1, and \(apiVersion) has 'service' in their place",
                at: node,
                hint: "write 'service: \(node.serviceOfOutdatedBackend)'"
            )
            return nil
        }
        let service = isBeta ? serviceBeta(mapping) : field("service", of: mapping) { $0.service($1) }
        let resource = field("resource", of: mapping) { $0.resource($1) }
        switch (service, resource) {
        case (.value(let backend), .absent), (.absent, .value(let backend)):
            return backend
        case (.absent, .absent):
            refuse("missing-field", "the backend names neither a Service nor a resource", at: node)
        case (.value, .value):
            refuse("conflicting-fields", "a backend names either a Service or a resource, not both", at: node)
        default:
            break
        }
        return nil
    }

    private mutating func service(_ node: Node) -> Ingress.Backend? {
        guard let mapping = mapping(node, IngressSchema.service) else { return nil }
        let name = field("name", of: mapping) { $0.serviceName($1) }
        if case .absent = name { refuseMissing("name", at: node.position) }
        let port = field("port", of: mapping) { $0.servicePort($1) }
        if case .absent = port { refuseMissing("port", at: node.position) }
        guard let name = name.value, let port = port.value else { return nil }
        return .service(name: name, port: port)
    }

    private mutating func serviceName(_ node: Node) -> String? {
        mark(node)
        return name(node, .serviceName)
    }

    private mutating func servicePort(_ node: Node) -> Ingress.ServicePort? {
        mark(node)
        guard case .mapping = node.value else {
            let hint = "write 'port: {number: 80}' or 'port: {name: http}'"
            if node.value != .refused { refuse("wrong-type", "expected a mapping with a port", at: node, hint: hint) }
            return nil
        }
        guard let mapping = mapping(node, IngressSchema.port) else { return nil }
        let number = field("number", of: mapping) { $0.portNumber($1) }
        let name = field("name", of: mapping) { $0.name($1, .portName) }
        switch (number, name) {
        case (.value(let number), .absent): return .number(number)
        case (.absent, .value(let name)): return .name(name)
        case (.absent, .absent): refuse("missing-field", "the port has neither a number nor a name", at: node)
        case (.value, .value): refuse("conflicting-fields", "a port has either a number or a name, not both", at: node)
        default: break
        }
        return nil
    }

    private mutating func serviceBeta(_ mapping: Mapping) -> Field<Ingress.Backend> {
        let name = field("serviceName", of: mapping, hub: "service.name") { $0.serviceName($1) }
        let port = field("servicePort", of: mapping, hub: "service.port") { $0.servicePortBeta($1) }
        switch (name, port) {
        case (.absent, .absent):
            return .absent
        case (.value(let name), .value(let port)):
            return .value(.service(name: name, port: port))
        case (.absent, _):
            refuseMissing("serviceName", at: mapping.entries.first?.keyPosition ?? position)
        case (_, .absent):
            refuseMissing("servicePort", at: mapping.entries.first?.keyPosition ?? position)
        default:
            break
        }
        return .refused
    }

    private mutating func servicePortBeta(_ node: Node) -> Ingress.ServicePort? {
        mark(node)
        guard case .scalar(let scalar) = node.value else {
            refuseType(of: node, expected: "a port number or name")
            return nil
        }
        if case .integer = scalar.meaning { return portNumber(node).map { .number($0) } }
        return name(node, .portName).map { .name($0) }
    }

    mutating func portNumber(_ node: Node) -> Int? {
        guard let number = integer(node) else { return nil }
        guard (1...65_535).contains(number) else {
            refuse("port-invalid", "a port is a number from 1 to 65535", at: node)
            return nil
        }
        return number
    }

    private mutating func resource(_ node: Node) -> Ingress.Backend? {
        guard let mapping = mapping(node, IngressSchema.resource) else { return nil }
        let group = field("apiGroup", of: mapping) { $0.text($1) }
        let kind = field("kind", of: mapping) { $0.text($1) }
        if case .absent = kind { refuseMissing("kind", at: node.position) }
        let name = field("name", of: mapping) { $0.text($1) }
        if case .absent = name { refuseMissing("name", at: node.position) }
        guard let kind = kind.value, let name = name.value, !group.isRefused else { return nil }
        return .resource(apiGroup: group.value, kind: kind, name: name)
    }
}

extension Node {
    /// Whether it names a Service as a backend of v1beta1 does, and nothing as one of today.
    fileprivate var isOutdatedBackend: Bool {
        guard case .mapping(let mapping) = value, mapping["service"] == nil, mapping["resource"] == nil else {
            return false
        }
        return mapping["serviceName"] != nil || mapping["servicePort"] != nil
    }

    /// What a backend of v1beta1 names, in the form of today.
    fileprivate var serviceOfOutdatedBackend: String {
        guard case .mapping(let mapping) = value else { return "" }
        var (name, port) = ("web", "{number: 80}")
        if case .scalar(let scalar) = mapping["serviceName"]?.value { name = scalar.text.excerpt }
        if case .scalar(let scalar) = mapping["servicePort"]?.value {
            let isNumber = if case .integer = scalar.meaning { true } else { false }
            port = "{\(isNumber ? "number" : "name"): \(scalar.text.excerpt)}"
        }
        return "{name: \(name), port: \(port)}"
    }
}
