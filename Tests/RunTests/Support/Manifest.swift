import TestSupport

/// Manifests of hosts for which nginx answers by itself: no request ever goes to a backend.
enum Manifest {
    /// An Ingress for the host `NAME.example`, whose `/` leads to a path; its Service does not exist.
    static func ingress(
        _ name: String,
        to target: String = "/v1",
        path: (text: String, type: String) = ("/", "Prefix"),
        annotations: [String: String] = [:],
        secret: String? = nil
    ) -> String {
        let all = annotations.merging(["app-root": target]) { own, _ in own }.sorted { $0.key < $1.key }
        let lines = all.map { "    nginx.ingress.kubernetes.io/\($0.key): \"\($0.value)\"\n" }.joined()
        let tls = secret.map { "  tls: [{hosts: [\(name).example], secretName: \"\($0)\"}]\n" } ?? ""
        let backend = "{service: {name: \(name), port: {number: 80}}}"
        return """
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: \(name)
              namespace: shop
              annotations:
            \(lines)spec:
            \(tls)  rules:
              - host: \(name).example
                http:
                  paths:
                  - {path: "\(path.text)", pathType: \(path.type), backend: \(backend)}

            """
    }

    /// A Service that stands for a name, which nobody has, and which no test asks for.
    static func externalService(_ name: String) -> String {
        """
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: \(name), namespace: shop}
        spec: {type: ExternalName, externalName: backend.invalid, ports: [{port: 80}]}

        """
    }

    /// A Service with an endpoint of 192.0.2.0/24, which nobody has, and which no test asks for.
    static func service(_ name: String) -> String {
        "---\n" + ServiceManifest.text(name, [ServiceManifest.Endpoint("192.0.2.1")])
    }
}
