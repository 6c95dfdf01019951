/// Manifests of a cluster of a given size, as text.
///
/// Each Ingress has one host with two Prefix paths, each to a Service of its own with three endpoints.
struct ClusterText {
    let ingresses: Int

    var yaml: String {
        var text = ""
        for number in 0..<ingresses {
            text += ingress(number)
            for side in ["web", "api"] { text += service("\(side)-\(number)") + slice("\(side)-\(number)", number) }
        }
        return text
    }

    private func namespace(of number: Int) -> String { "team-\(number % 50)" }

    private func ingress(_ number: Int) -> String {
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: shop-\(number)
          namespace: \(namespace(of: number))
          creationTimestamp: "2025-11-03T10:11:12Z"
        spec:
          ingressClassName: nginx
          rules:
          - host: shop-\(number).apps.example.com
            http:
              paths:
              - path: /
                pathType: Prefix
                backend:
                  service:
                    name: web-\(number)
                    port:
                      number: 80
              - path: /api
                pathType: Prefix
                backend:
                  service:
                    name: api-\(number)
                    port:
                      number: 80
        ---

        """
    }

    private func service(_ name: String) -> String {
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: \(name)
          namespace: \(namespace(of: number(in: name)))
        spec:
          selector:
            app: \(name)
          ports:
          - name: http
            port: 80
            targetPort: 8080
        ---

        """
    }

    private func slice(_ name: String, _ number: Int) -> String {
        let addresses = (1...3).map {
            "10.\(number / 250 % 250).\(number % 250).\(name.hasPrefix("web") ? $0 : $0 + 100)"
        }
        return """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata:
              name: \(name)-x7k2p
              namespace: \(namespace(of: number))
              labels:
                kubernetes.io/service-name: \(name)
            addressType: IPv4
            ports:
            - name: http
              port: 8080
              protocol: TCP
            endpoints:
            \(addresses.map { "- addresses: [\($0)]\n  conditions: {ready: true}" }.joined(separator: "\n"))
            ---

            """
    }

    private func number(in name: String) -> Int { name.split(separator: "-").last.flatMap { Int($0) } ?? 0 }
}
