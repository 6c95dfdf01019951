/// Manifests of hosts.
enum HostManifest {
    /// Hosts for which nginx answers by itself: `/` leads to a path.
    static func redirecting(_ hosts: [String], to target: String) -> String {
        ingress(hosts, "    nginx.ingress.kubernetes.io/app-root: \"\(target)\"\n")
    }

    /// Hosts whose requests go to one endpoint.
    static func serving(_ hosts: [String], address: String, port: UInt16) -> String {
        ingress(hosts, "") + """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {ports: [{port: 80, targetPort: \(port)}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
            addressType: IPv4
            endpoints: [{addresses: ["\(address)"]}]
            ports: [{port: \(port)}]

            """
    }

    private static func ingress(_ hosts: [String], _ annotations: String) -> String {
        let backend = "{service: {name: web, port: {number: 80}}}"
        let rules = hosts.map { host in
            "  - {host: \(host), http: {paths: [{path: /, pathType: Prefix, backend: \(backend)}]}}\n"
        }
        return """
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: web
              namespace: shop
              annotations:
                a: b
            \(annotations)spec:
              rules:
            \(rules.joined())
            """
    }
}
