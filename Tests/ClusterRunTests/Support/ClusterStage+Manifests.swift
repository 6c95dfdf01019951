extension ClusterStage {
    /// The class of the test's Ingresses.
    var ingressClass: String { ingressClass(parameters: nil) }

    /// - Parameter configMap: The name of a ConfigMap in the controller's namespace.
    func ingressClass(parameters configMap: String?) -> String {
        let parameters = configMap.map { ", parameters: {kind: ConfigMap, name: \($0)}" } ?? ""
        return """
            apiVersion: networking.k8s.io/v1
            kind: IngressClass
            metadata: {name: \(namespace)}
            spec: {controller: \(controllerClass)\(parameters)}

            """
    }

    /// An Ingress that sends each host to a Service.
    func ingress(
        _ name: String,
        _ hosts: KeyValuePairs<String, String>,
        tls secret: String? = nil,
        class other: String? = nil
    ) -> String {
        let rules = hosts.map { host, service in
            """
              - host: \(host)
                http:
                  paths:
                  - path: /
                    pathType: Prefix
                    backend: {service: {name: \(service), port: {number: 80}}}

            """
        }
        let tls = secret.map { "  tls: [{hosts: [\(hosts.map(\.key).joined(separator: ", "))], secretName: \($0)}]\n" }
        return """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: \(name), namespace: \(namespace)}
            spec:
              ingressClassName: \(other ?? namespace)
            \(tls ?? "")  rules:
            \(rules.joined())
            """
    }

    /// A Service without endpoints.
    func service(_ name: String) -> String {
        """
        apiVersion: v1
        kind: Service
        metadata: {name: \(name), namespace: \(namespace)}
        spec: {ports: [{name: http, port: 80}]}

        """
    }

    /// A slice that leads a Service to one backend, whatever the Service is called.
    func slice(_ name: String, of service: String, to backend: String) -> String {
        """
        apiVersion: discovery.k8s.io/v1beta1
        kind: EndpointSlice
        metadata: {name: \(name), namespace: \(namespace), labels: {kubernetes.io/service-name: \(service)}}
        addressType: IPv4
        endpoints: [{addresses: [\(host)]}]
        ports: [{name: http, port: \(backends[backend] ?? 0)}]

        """
    }

    /// A Service that leads to the backend of its name.
    func serving(_ name: String) -> String {
        service(name) + "---\n" + slice("\(name)-1", of: name, to: name)
    }
}
