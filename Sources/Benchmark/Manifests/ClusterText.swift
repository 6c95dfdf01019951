import Foundation

/// Manifests of a cluster of a given size, as text.
///
/// Each Ingress has one host with two Prefix paths, each to a Service of its own with three endpoints.
struct ClusterText {
    let ingresses: Int
    /// The annotations of each Ingress, by their names without the prefix.
    var annotations: @Sendable (_ ingress: Int) -> KeyValuePairs<String, String> = { _ in [:] }

    var yaml: String { (0..<ingresses).map { manifests(of: $0) }.joined() }

    /// One Ingress with all that it needs.
    ///
    /// - Parameters:
    ///   - appRoot: Where `/` leads to; without it the path goes to a backend.
    ///   - certificate: The text of a Secret for the host, certificate and key.
    func manifests(of number: Int, appRoot: String? = nil, certificate: String? = nil) -> String {
        var text = ingress(number, appRoot: appRoot, isSecure: certificate != nil)
        for side in ["web", "api"] { text += service("\(side)-\(number)") + slice("\(side)-\(number)", number) }
        if let certificate { text += secret(number, certificate) }
        return text
    }

    static func host(_ number: Int) -> String { "shop-\(number).apps.example.com" }

    func namespace(of number: Int) -> String { "team-\(number % 50)" }

    private func ingress(_ number: Int, appRoot: String?, isSecure: Bool) -> String {
        var lines = annotations(number).map { "\n    nginx.ingress.kubernetes.io/\($0): \"\($1)\"" }
        if let appRoot { lines.append("\n    nginx.ingress.kubernetes.io/app-root: \(appRoot)") }
        let annotations = lines.isEmpty ? "" : "\n  annotations:" + lines.joined()
        let tls = isSecure ? "\n  tls: [{hosts: [\(Self.host(number))], secretName: shop-\(number)}]" : ""
        return """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: shop-\(number)
              namespace: \(namespace(of: number))
              creationTimestamp: "2025-11-03T10:11:12Z"\(annotations)
            spec:
              ingressClassName: nginx\(tls)
              rules:
              - host: \(Self.host(number))
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

    private func secret(_ number: Int, _ certificate: String) -> String {
        let text = Data(certificate.utf8).base64EncodedString()
        return """
            apiVersion: v1
            kind: Secret
            metadata:
              name: shop-\(number)
              namespace: \(namespace(of: number))
            type: kubernetes.io/tls
            data:
              tls.crt: \(text)
              tls.key: \(text)
            ---

            """
    }

    private func number(in name: String) -> Int { name.split(separator: "-").last.flatMap { Int($0) } ?? 0 }
}
