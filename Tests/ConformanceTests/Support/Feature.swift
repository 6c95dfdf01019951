/// The common part of all scenarios of a feature.
struct Feature: Sendable {
    /// The Services that Ingresses name; each has the port 8080, which is called `http`.
    var services: [String]
    /// How many endpoints each Service has.
    var replicas = 1
    /// The Ingress, and what else it needs, in a namespace.
    var manifests: @Sendable (_ place: Place) -> String
}

/// Where the objects of a feature are.
struct Place: Sendable {
    let namespace: String
    /// The IngressClass that the controller serves, which nobody else does.
    let ingressClass: String

    var controllerClass: String { "conformance.example/\(ingressClass)" }

    /// The name, the namespace and the class of an Ingress.
    func ingress(_ name: String, class ingressClass: String? = nil) -> String {
        """
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: \(name), namespace: \(namespace)}
        spec:
          ingressClassName: \(ingressClass ?? self.ingressClass)

        """
    }

    var classManifest: String {
        """
        ---
        apiVersion: networking.k8s.io/v1
        kind: IngressClass
        metadata: {name: \(ingressClass)}
        spec: {controller: \(controllerClass)}

        """
    }

    /// A Service with its endpoints, of which each listens on port 8080 of an address of its own.
    func service(_ name: String, at addresses: [String]) -> String {
        """
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: \(name), namespace: \(namespace)}
        spec: {ports: [{name: http, port: 8080}]}
        ---
        apiVersion: discovery.k8s.io/v1beta1
        kind: EndpointSlice
        metadata: {name: \(name)-1, namespace: \(namespace), labels: {kubernetes.io/service-name: \(name)}}
        addressType: IPv4
        endpoints: [\(addresses.map { "{addresses: [\($0)]}" }.joined(separator: ", "))]
        ports: [{name: http, port: 8080}]

        """
    }
}
