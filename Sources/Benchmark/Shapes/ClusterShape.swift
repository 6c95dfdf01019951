/// The shapes that clusters have, of which each makes other demands.
enum ClusterShape: String, CaseIterable {
    /// A host for each Ingress, with two paths and two Services.
    case plain
    /// A host for each Ingress, and all of them on a few Services.
    case vanity
    /// A host for each Ingress, with six paths to six Services, which six Ingresses share: as many Services as Ingresses.
    case services
    /// One host, to which each Ingress adds a path with a Service of its own.
    case paths
    /// A certificate for each host.
    case certificates
    /// Ten settings for each Ingress, all different.
    case settings

    var title: String {
        switch self {
        case .plain: "a host, two Services each"
        case .vanity: "hosts on 20 Services"
        case .services: "a host, six paths to six Services each"
        case .paths: "paths of one host"
        case .certificates: "a certificate each"
        case .settings: "ten settings each"
        }
    }

    /// A sentence about it.
    var explanation: String {
        switch self {
        case .plain:
            "two Prefix paths, and for each a Service with three endpoints; twice as many Services as Ingresses."
        case .vanity: "one path each, as where customers bring domains of their own."
        case .services:
            "the Services of a team of six Ingresses; as many Services as Ingresses, and six paths for each."
        case .paths: "each Ingress adds one path, with a Service of its own, to the same host."
        case .certificates: "as the first, with a Secret for each host."
        case .settings: "as the first, with ten annotations whose values differ from one Ingress to the next."
        }
    }

    /// The Services that all Ingresses of vanity domains share.
    private static let shared = 20

    /// What one Ingress adds to a cluster of this shape, as text.
    func manifests(of number: Int) throws -> String {
        switch self {
        case .plain: ClusterText(ingresses: 0).manifests(of: number)
        case .settings: ClusterText(ingresses: 0, annotations: SettingsBenchmark.annotations).manifests(of: number)
        case .certificates:
            ClusterText(ingresses: 0).manifests(of: number, certificate: try ClusterText.certificate(number))
        case .vanity:
            text(number, host: "shop-\(number).example", [("/", "web-\(number % Self.shared)")])
                + (number < Self.shared ? service("web-\(number)", number) : "")
        case .services:
            text(number, host: "shop-\(number).example", names(number).map { ("/\($0)", $0) })
                + (number % parts.count == 0 ? names(number).map { service($0, number) }.joined() : "")
        case .paths:
            text(number, host: "apps.example", [("/app-\(number)", "app-\(number)")])
                + service("app-\(number)", number)
        }
    }

    private func names(_ number: Int) -> [String] { parts.map { "\($0)-\(number / parts.count)" } }

    private var parts: [String] { ["api", "cart", "docs", "login", "media", "web"] }

    private func text(_ number: Int, host: String, _ paths: [(path: String, service: String)]) -> String {
        let entries = paths.map { path, service in
            "{path: \(path), pathType: Prefix, backend: {service: {name: \(service), port: {number: 80}}}}"
        }
        return """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: shop-\(number), namespace: shops, creationTimestamp: "2025-11-03T10:11:12Z"}
            spec:
              ingressClassName: nginx
              rules: [{host: \(host), http: {paths: [\(entries.joined(separator: ", "))]}}]
            ---

            """
    }

    private func service(_ name: String, _ number: Int) -> String {
        let addresses = (1...3).map {
            "{addresses: [10.\($0).\(number / 250).\(number % 250)], conditions: {ready: true}}"
        }
        return """
            apiVersion: v1
            kind: Service
            metadata: {name: \(name), namespace: shops}
            spec: {ports: [{name: http, port: 80, targetPort: 8080}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: \(name)-x7k2p, namespace: shops, labels: {kubernetes.io/service-name: \(name)}}
            addressType: IPv4
            ports: [{name: http, port: 8080, protocol: TCP}]
            endpoints: [\(addresses.joined(separator: ", "))]
            ---

            """
    }
}
