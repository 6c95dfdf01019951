/// A Service with an endpoint at an address that `scripts/in-own-network` makes, and the ConfigMap that leads ports to it.
enum StreamManifest {
    /// An address of the machine that may be an endpoint's.
    static let address = "198.51.100.1"

    /// - Parameter name: Of the ConfigMap in namespace `ingress`: `tcp` or `udp`, as the transport.
    static func text(to backend: UInt16, _ ports: UInt16..., in name: String = "tcp") -> String {
        text(to: backend, ports, in: name)
    }

    static func text(to backend: UInt16, _ ports: [UInt16], in name: String = "tcp") -> String {
        let entries = ports.map { "  \"\($0)\": shop/db-\(name):5432\n" }.joined()
        return """
            apiVersion: v1
            kind: Service
            metadata: {name: db-\(name), namespace: shop}
            spec: {ports: [{name: db, port: 5432, protocol: \(name.uppercased())}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: db-\(name), namespace: shop, labels: {kubernetes.io/service-name: db-\(name)}}
            addressType: IPv4
            endpoints: [{addresses: ["\(address)"]}]
            ports: [{name: db, port: \(backend), protocol: \(name.uppercased())}]
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: \(name), namespace: ingress}
            data:
            \(entries)
            """
    }
}
