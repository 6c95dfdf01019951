import Diagnostics
import ProxyConfiguration

/// Which Ingresses use a Service or a Secret, in either of two configurations.
struct BackendUsers {
    private var users: [ObjectReference: Set<ObjectReference>] = [:]

    init(_ configurations: Configuration...) {
        for configuration in configurations { add(configuration) }
    }

    private mutating func add(_ configuration: Configuration) {
        var services: [Backend: ObjectReference] = [:]
        for upstream in configuration.upstreams { services[.upstream(upstream.name)] = upstream.origin }
        var secrets: [PrivateFile.Name: ObjectReference] = [:]
        for certificate in configuration.privateFiles { secrets[certificate.file] = certificate.origin }
        for server in configuration.servers {
            if let secret = server.certificate.flatMap({ secrets[$0] }) {
                users[secret, default: []].formUnion(server.users)
            }
            for location in server.locations {
                for (index, backend) in location.backends.enumerated() {
                    guard let service = services[backend],
                        let ingress = index == 0 ? location.origin : location.canaryOrigin
                    else { continue }
                    users[service, default: []].insert(ingress)
                }
            }
        }
    }

    /// The object, and for what an Ingress brings in also the Ingress: `Service shop/web (Ingress shop/shop)`.
    func describe(_ object: ObjectReference) -> String {
        guard let ingresses = users[object], !ingresses.isEmpty else { return object.description }
        let names = ingresses.sorted().map(\.description)
        let shown = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
        return "\(object) (\(shown))"
    }
}
