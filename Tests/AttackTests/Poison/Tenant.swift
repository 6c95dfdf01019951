/// A tenant of an nginx: the objects of one namespace.
struct Tenant {
    var namespace: String

    static let innocent = Tenant(namespace: "innocent")
    static let hostile = Tenant(namespace: "hostile")

    /// An Ingress for a host, whose `/` leads to a path; its Service does not exist.
    func ingress(
        _ name: String,
        host: String? = nil,
        to target: String = "/v1",
        secret: String? = nil,
        annotations: [String: String] = [:],
        path: String = "{path: /, pathType: Prefix"
    ) -> String {
        let host = host ?? "\(name).example"
        let all = annotations.merging(["app-root": target]) { own, _ in own }.sorted { $0.key < $1.key }
        let lines = all.map { "    nginx.ingress.kubernetes.io/\($0.key): \"\($0.value)\"\n" }.joined()
        let tls = secret.map { "  tls: [{hosts: [\"\(host)\"], secretName: \($0)}]\n" } ?? ""
        return """
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: \(name)
              namespace: \(namespace)
              annotations:
            \(lines)spec:
              ingressClassName: nginx
            \(tls)  rules:
              - host: "\(host)"
                http:
                  paths:
                  - \(path), backend: {service: {name: \(name), port: {number: 80}}}}

            """
    }
}
