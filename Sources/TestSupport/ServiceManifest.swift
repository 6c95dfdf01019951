/// The manifest of a Service with the port 80, and of the slice with its endpoints.
package enum ServiceManifest {
    package struct Endpoint {
        var addresses: [String]
        var isReady: Bool

        /// - Parameter isReady: One that is not is terminating, and still serves.
        package init(_ addresses: String..., isReady: Bool = true) {
            self.init(addresses, isReady: isReady)
        }

        package init(_ addresses: [String], isReady: Bool = true) {
            (self.addresses, self.isReady) = (addresses, isReady)
        }

        fileprivate var text: String {
            let conditions = isReady ? "" : ", conditions: {ready: false, serving: true, terminating: true}"
            return "{addresses: [\(addresses.joined(separator: ", "))]\(conditions)}"
        }
    }

    /// In the namespace `shop`.
    ///
    /// - Parameter port: That of the endpoints.
    package static func text(_ name: String, at port: UInt16 = 80, _ endpoints: [Endpoint]) -> String {
        """
        apiVersion: v1
        kind: Service
        metadata: {name: \(name), namespace: shop}
        spec: {ports: [{port: 80}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: \(name)-1, namespace: shop, labels: {kubernetes.io/service-name: \(name)}}
        addressType: IPv4
        endpoints: [\(endpoints.map(\.text).joined(separator: ", "))]
        ports: [{port: \(port)}]

        """
    }
}
