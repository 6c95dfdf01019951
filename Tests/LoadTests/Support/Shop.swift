import ControllerTestSupport

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

    static func manifests(_ number: Int, appRoot: String) -> String {
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: shop-\(number)
          namespace: shop
          annotations: {nginx.ingress.kubernetes.io/app-root: \(appRoot)}
        spec:
          ingressClassName: nginx
          tls: [{hosts: [\(host(number))]}]
          rules:
          - host: \(host(number))
            http:
              paths:
              - {path: /, pathType: Prefix, backend: {service: {name: web-\(number), port: {number: 80}}}}
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

        """
    }
}
