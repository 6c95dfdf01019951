/// Manifests of a cluster as clusters are: half of the hosts with TLS, a fifth with authentication, and of canaries, limits
/// and CORS a tenth each.
struct MixText {
    let ingresses: Int
    /// Whether hosts have certificates.
    var hasCertificates = true

    /// Each tenth Ingress is the canary of the one before.
    private var hosts: Int { ingresses - ingresses / 10 }

    func yaml() throws -> String {
        let cluster = ClusterText(ingresses: hosts, annotations: Self.annotations)
        return try (0..<hosts).map { number in
            var text = cluster.manifests(
                of: number,
                certificate: hasCertificates && number % 2 == 0 ? try ClusterText.certificate(number) : nil
            )
            if number % 10 == 0 { text += users(number, cluster) }
            if number % 9 == 4 { text += canary(number, cluster) }
            return text
        }.joined()
    }

    @Sendable private static func annotations(of ingress: Int) -> KeyValuePairs<String, String> {
        switch ingress % 10 {
        case 0: ["auth-type": "basic", "auth-secret": "users-\(ingress)", "auth-realm": "Staff"]
        case 5: ["auth-url": "http://api-\(ingress).team-\(ingress % 50).svc.cluster.local/check"]
        case 3: ["limit-rps": "\(10 + ingress % 7)", "limit-connections": "\(5 + ingress % 3)"]
        case 7: ["enable-cors": "true", "cors-allow-origin": "https://shop-\(ingress % 20).example.com"]
        default: [:]
        }
    }

    private func users(_ number: Int, _ cluster: ClusterText) -> String {
        """
        apiVersion: v1
        kind: Secret
        metadata:
          name: users-\(number)
          namespace: \(cluster.namespace(of: number))
        stringData:
          auth: |
            ann:$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/
        ---

        """
    }

    private func canary(_ number: Int, _ cluster: ClusterText) -> String {
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: canary-\(number)
          namespace: \(cluster.namespace(of: number))
          annotations:
            nginx.ingress.kubernetes.io/canary: "true"
            nginx.ingress.kubernetes.io/canary-weight: "\(5 + number % 20)"
        spec:
          ingressClassName: nginx
          rules:
          - host: \(ClusterText.host(number))
            http:
              paths:
              - path: /
                pathType: Prefix
                backend: {service: {name: api-\(number), port: {number: 80}}}
        ---

        """
    }
}
