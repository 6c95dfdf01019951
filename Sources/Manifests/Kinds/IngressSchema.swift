/// The fields of an Ingress, in both of its shapes.
enum IngressSchema {
    static let spec = Schema(
        ["ingressClassName", "defaultBackend", "tls", "rules"],
        hints: [
            "backend": "in networking.k8s.io/v1 this is 'defaultBackend'",
            "ingressClass": "did you mean 'ingressClassName'?",
        ]
    )
    static let specBeta = Schema(
        ["ingressClassName", "backend", "tls", "rules"],
        hints: ["defaultBackend": "in v1beta1 this is 'backend'; networking.k8s.io/v1 has 'defaultBackend'"]
    )
    static let tls = Schema(
        ["hosts", "secretName"],
        hints: ["host": "a TLS entry has a list 'hosts'"]
    )
    static let rule = Schema(
        ["host", "http"],
        hints: ["hosts": "a rule has one 'host'", "paths": "the paths of a rule stand in 'http.paths'"]
    )
    static let http = Schema(["paths"])
    static let path = Schema(
        ["path", "pathType", "backend"],
        hints: [
            "serviceName": "in networking.k8s.io/v1 this is 'backend.service.name'",
            "servicePort": "in networking.k8s.io/v1 this is 'backend.service.port'",
        ]
    )
    static let backend = Schema(
        ["service", "resource"],
        hints: [
            "serviceName": "in networking.k8s.io/v1 this is 'service.name'",
            "servicePort": "in networking.k8s.io/v1 this is 'service.port.number' or 'service.port.name'",
        ]
    )
    static let backendBeta = Schema(
        ["serviceName", "servicePort", "resource"],
        hints: [
            "service": "in v1beta1 this is 'serviceName' and 'servicePort'; networking.k8s.io/v1 has 'service'"
        ]
    )
    static let service = Schema(["name", "port"])
    static let port = Schema(["number", "name"])
    static let resource = Schema(["apiGroup", "kind", "name"])
}
