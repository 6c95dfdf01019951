import KubernetesModel

/// The metadata of an object that `namespace/name` names.
func metadata(_ name: String, at time: Int64? = nil, annotations: [String: String] = [:]) -> ObjectMetadata {
    let name = NamespacedName(name) ?? NamespacedName(namespace: "", name: name)
    return ObjectMetadata(
        name: name.name,
        namespace: name.namespace,
        annotations: annotations,
        creationTimestamp: time
    )
}

/// An Ingress `shop/web` of class `nginx`; annotations go without the prefix.
func ingress(
    annotations: [String: String] = [:],
    defaultBackend: String? = nil,
    tls: [Ingress.TLS] = [],
    _ rules: Ingress.Rule...
) -> Ingress {
    let prefixed = annotations.map { ("nginx.ingress.kubernetes.io/\($0)", $1) }
    return Ingress(
        metadata: metadata("shop/web", annotations: Dictionary(uniqueKeysWithValues: prefixed)),
        ingressClassName: "nginx",
        defaultBackend: defaultBackend.map { backend($0) },
        tls: tls,
        rules: rules
    )
}

/// An Ingress with a name of its own.
func ingress(
    _ name: String,
    at time: Int64? = nil,
    annotations: [String: String] = [:],
    defaultBackend: String? = nil,
    tls: [Ingress.TLS] = [],
    _ rules: Ingress.Rule...
) -> Ingress {
    var result = ingress(annotations: annotations, defaultBackend: defaultBackend, tls: tls)
    result.metadata = metadata(name, at: time, annotations: result.metadata.annotations)
    result.rules = rules
    return result
}

func rule(_ host: String?, _ paths: Ingress.Path...) -> Ingress.Rule {
    Ingress.Rule(host: host, paths: paths)
}

/// A path to a Service: `web:80` or `web:http`.
func path(_ path: String?, _ type: Ingress.PathType? = .prefix, to service: String = "web:80") -> Ingress.Path {
    Ingress.Path(path: path, pathType: type, backend: backend(service))
}

func backend(_ service: String) -> Ingress.Backend {
    let parts = service.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let port = parts.last ?? ""
    return .service(name: parts.first ?? "", port: Int(port).map { .number($0) } ?? .name(port))
}

func tls(_ hosts: String..., secret: String?) -> Ingress.TLS { Ingress.TLS(hosts: hosts, secretName: secret) }

/// A Service with the ports; by default `web` with port 80.
func service(_ name: String = "shop/web", _ ports: Service.Port...) -> Service {
    Service(metadata: metadata(name), clusterIP: "10.96.0.1", ports: ports.isEmpty ? [Service.Port(port: 80)] : ports)
}

func externalName(_ name: String, _ external: String?, _ ports: Service.Port...) -> Service {
    Service(metadata: metadata(name), type: .externalName, externalName: external, ports: ports)
}

/// Ready endpoints of a Service at one port.
func slice(
    _ service: String,
    _ addresses: [String],
    port: Int? = 8080,
    name: String? = nil,
    origin: EndpointSlice.Origin = .endpointSlice,
    type: EndpointSlice.AddressType = .ipv4
) -> EndpointSlice {
    let owner = NamespacedName(service) ?? NamespacedName(namespace: "", name: service)
    return EndpointSlice(
        metadata: metadata("\(owner.namespace)/\(owner.name)-\(addresses.joined(separator: "-"))"),
        serviceName: owner.name,
        origin: origin,
        addressType: type,
        endpoints: addresses.map { EndpointSlice.Endpoint(addresses: [$0], isReady: true) },
        ports: [EndpointSlice.Port(name: name, port: port)]
    )
}

func ingressClass(_ name: String, controller: String = "k8s.io/ingress-nginx", isDefault: Bool = false) -> IngressClass
{
    var metadata = metadata(name)
    if isDefault { metadata.annotations[IngressClass.isDefaultAnnotation] = "true" }
    return IngressClass(metadata: metadata, controller: controller)
}

func snapshot(
    _ ingresses: [Ingress],
    classes: [IngressClass] = [ingressClass("nginx")],
    services: [Service] = [],
    slices: [EndpointSlice] = [],
    secrets: [Secret] = []
) -> ClusterSnapshot {
    var snapshot = ClusterSnapshot()
    snapshot.ingresses = ingresses
    snapshot.ingressClasses = classes
    snapshot.services = services
    snapshot.endpointSlices = slices
    snapshot.secrets = secrets
    return snapshot
}
