import KubernetesModel

/// Ingresses, each with a Service and an EndpointSlice of its own, as an API server would tell of them.
struct ClusterObjects {
    enum Change: CaseIterable {
        case ingress
        case service
        case slice
        case nothing

        /// Whether another configuration comes of it.
        var isWritten: Bool { self == .ingress || self == .slice }
    }

    private(set) var snapshot = ClusterSnapshot()

    init(ingresses count: Int) {
        snapshot.ingressClasses = [
            IngressClass(metadata: ObjectMetadata(name: "nginx"), controller: "k8s.io/ingress-nginx")
        ]
        snapshot.ingresses = (0..<count).map { Self.ingress($0) }
        snapshot.services = (0..<count).map { Self.service($0) }
        snapshot.endpointSlices = (0..<count).map { Self.slice($0) }
    }

    mutating func apply(_ change: Change, to number: Int, round: Int) {
        switch change {
        case .ingress:
            snapshot.ingresses[number].metadata.annotations["nginx.ingress.kubernetes.io/app-root"] =
                "/welcome-\(round)"
        case .service: snapshot.services[number].ports[0].targetPort = .number(8_081 + round)
        case .slice: snapshot.endpointSlices[number].endpoints[0].addresses = ["10.9.\(round).1"]
        case .nothing: break
        }
    }

    private static func metadata(_ kind: String, _ number: Int) -> ObjectMetadata {
        ObjectMetadata(
            name: "\(kind)-application-\(number)",
            namespace: "team-number-\(number % 100)",
            labels: ["app.kubernetes.io/name": "application-\(number)"],
            creationTimestamp: 1_700_000_000 + Int64(number),
            generation: 1
        )
    }

    private static func ingress(_ number: Int) -> Ingress {
        let backend = Ingress.Backend.service(name: "service-application-\(number)", port: .number(80))
        return Ingress(
            metadata: metadata("ingress", number),
            ingressClassName: "nginx",
            rules: [
                Ingress.Rule(
                    host: "application-\(number).example.com",
                    paths: ["/", "/api"].map { Ingress.Path(path: $0, pathType: .prefix, backend: backend) }
                )
            ]
        )
    }

    private static func service(_ number: Int) -> Service {
        Service(
            metadata: metadata("service", number),
            clusterIP: "10.96.\(number / 250).\(number % 250 + 1)",
            ports: [Service.Port(name: "http", port: 80, targetPort: .number(8_080))]
        )
    }

    private static func slice(_ number: Int) -> EndpointSlice {
        EndpointSlice(
            metadata: metadata("slice", number),
            serviceName: "service-application-\(number)",
            endpoints: (1...3).map { pod in
                EndpointSlice.Endpoint(addresses: ["10.\(pod).\(number / 250).\(number % 250 + 1)"], isReady: true)
            },
            ports: [EndpointSlice.Port(name: "http", port: 8_080)]
        )
    }
}
