import ControllerTestSupport
import TestSupport

/// The manifests of an Ingress whose `/` leads elsewhere, so that no request goes to a backend.
enum Shop {
    static func host(_ number: Int) -> String { "shop-\(number).example" }

    static let ingressClass = """
        apiVersion: networking.k8s.io/v1
        kind: IngressClass
        metadata: {name: nginx}
        spec: {controller: k8s.io/ingress-nginx}

        """

    /// Writes some of them, with `/0` as their root.
    static func write(_ numbers: Range<Int>, to site: ControllerSite) throws {
        try site.write(ingressClass, to: "class.yaml")
        for number in numbers { try site.write(manifests(number, appRoot: "/0"), to: "\(number).yaml") }
    }

    /// Changes where one leads, and waits until the nginx that serves says so.
    static func swap(_ number: Int, appRoot: String, on site: ControllerSite) async throws {
        try site.write(manifests(number, appRoot: appRoot), to: "\(number).yaml")
        try await site.awaitAnswer("302 \(appRoot)", of: host(number))
    }

    /// - Parameters:
    ///   - secret: What the host shows; `nil` for what hosts without a certificate do.
    ///   - path: A pattern by which requests are rewritten; `nil` for all paths, which are not.
    static func manifests(_ number: Int, appRoot: String, _ secret: TestSecret? = nil, path: String? = nil) -> String {
        let prefix = "nginx.ingress.kubernetes.io"
        let rewriting = path.map { _ in ", \(prefix)/use-regex: \"true\", \(prefix)/rewrite-target: /$1" } ?? ""
        let pathType = path == nil ? "Prefix" : "ImplementationSpecific"
        let secretName = secret.map { _ in ", secretName: web-\(number)" } ?? ""
        return """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: shop-\(number)
              namespace: shop
              annotations: {\(prefix)/app-root: \(appRoot)\(rewriting)}
            spec:
              ingressClassName: nginx
              tls: [{hosts: [\(host(number))]\(secretName)}]
              rules:
              - host: \(host(number))
                http:
                  paths:
                  - path: "\(path ?? "/")"
                    pathType: \(pathType)
                    backend: {service: {name: web-\(number), port: {number: 80}}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web-\(number), namespace: shop}
            spec: {ports: [{port: 80}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: web-\(number)-a, namespace: shop, labels: {kubernetes.io/service-name: web-\(number)}}
            addressType: IPv4
            ports: [{port: 8080}]
            endpoints: [{addresses: [192.0.2.1]}]

            """ + (secret?.manifest(named: "web-\(number)") ?? "")
    }
}
