/// One object of each kind that is read, with every field that is.
enum SampleObjects {
    static let all: [JSONValue] = [
        ingress, ingressClass, service, externalService, slice, endpoints, secret, configMap, namespace,
    ]

    private static let prefix = "nginx.ingress.kubernetes.io"

    private static func metadata(_ name: String) -> JSONValue {
        [
            "name": .text(name), "namespace": "shop", "labels": ["app": "web", "kubernetes.io/service-name": "web"],
            "annotations": ["example.com/note": "x"], "creationTimestamp": "2026-01-01T00:00:00Z", "generation": 1,
            "uid": "0b0f7a3e-6a3c-4ad8-8f5b-6b0e3b1f7c11", "resourceVersion": "1",
        ]
    }

    private static func backend(_ name: String) -> JSONValue {
        ["service": ["name": .text(name), "port": ["number": 80]]]
    }

    private static let ingress: JSONValue = [
        "apiVersion": "networking.k8s.io/v1", "kind": "Ingress",
        "metadata": [
            "name": "web", "namespace": "shop", "labels": ["app": "web"], "creationTimestamp": "2026-01-01T00:00:00Z",
            "annotations": [
                "\(prefix)/rewrite-target": "/$1", "\(prefix)/app-root": "/app", "\(prefix)/ssl-redirect": "false",
                "\(prefix)/force-ssl-redirect": "false", "\(prefix)/use-regex": "true",
                "\(prefix)/enable-cors": "true", "\(prefix)/cors-allow-origin": "https://*.b.example:8443",
                "\(prefix)/cors-allow-methods": "GET", "\(prefix)/cors-allow-headers": "X-A",
                "\(prefix)/cors-expose-headers": "X-A", "\(prefix)/cors-max-age": "1",
                "\(prefix)/cors-allow-credentials": "true",
                "\(prefix)/proxy-body-size": "1m", "\(prefix)/canary": "false", "kubernetes.io/ingress.class": "nginx",
            ],
        ],
        "spec": [
            "ingressClassName": "nginx",
            "defaultBackend": ["service": ["name": "web", "port": ["name": "http"]]],
            "tls": [["hosts": ["a.example", "*.b.example"], "secretName": "tls"]],
            "rules": [
                [
                    "host": "a.example",
                    "http": [
                        "paths": [
                            ["path": "/p", "pathType": "Prefix", "backend": backend("web")],
                            ["path": "/e", "pathType": "Exact", "backend": backend("outside")],
                            ["path": "/r/(.*)", "pathType": "ImplementationSpecific", "backend": backend("web")],
                            [
                                "path": "/s", "pathType": "Prefix",
                                "backend": ["resource": ["apiGroup": "x.example", "kind": "Bucket", "name": "b"]],
                            ],
                        ]
                    ],
                ],
                [
                    "host": "*.b.example",
                    "http": ["paths": [["pathType": "Exact", "path": "/", "backend": backend("web")]]],
                ],
            ],
        ],
    ]

    private static let ingressClass: JSONValue = [
        "apiVersion": "networking.k8s.io/v1", "kind": "IngressClass",
        "metadata": ["name": "nginx", "annotations": ["ingressclass.kubernetes.io/is-default-class": "true"]],
        "spec": [
            "controller": "k8s.io/ingress-nginx",
            "parameters": [
                "apiGroup": "", "kind": "ConfigMap", "name": "settings", "namespace": "shop", "scope": "Namespace",
            ],
        ],
    ]

    private static let service: JSONValue = [
        "apiVersion": "v1", "kind": "Service", "metadata": metadata("web"),
        "spec": [
            "type": "ClusterIP", "clusterIP": "10.96.0.1",
            "ports": [["name": "http", "port": 80, "targetPort": "web", "protocol": "TCP"]],
        ],
    ]

    private static let externalService: JSONValue = [
        "apiVersion": "v1", "kind": "Service", "metadata": metadata("outside"),
        "spec": ["type": "ExternalName", "externalName": "api.elsewhere.example", "ports": [["port": 80]]],
    ]

    private static let slice: JSONValue = [
        "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": metadata("web-1"),
        "addressType": "IPv4",
        "endpoints": [["addresses": ["10.1.0.1"], "conditions": ["ready": true], "hostname": "h", "nodeName": "n"]],
        "ports": [["name": "http", "port": 8080, "protocol": "TCP"]],
    ]

    private static let endpoints: JSONValue = [
        "apiVersion": "v1", "kind": "Endpoints", "metadata": metadata("outside"),
        "subsets": [
            [
                "addresses": [["ip": "10.1.0.2", "hostname": "h", "nodeName": "n"]],
                "notReadyAddresses": [["ip": "10.1.0.3"]],
                "ports": [["name": "http", "port": 8080, "protocol": "TCP"]],
            ]
        ],
    ]

    private static let secret: JSONValue = [
        "apiVersion": "v1", "kind": "Secret", "metadata": metadata("tls"), "type": "kubernetes.io/tls",
        "data": ["tls.crt": "Y2VydGlmaWNhdGU=", "tls.key": "a2V5"], "stringData": ["ca.crt": "x"],
    ]

    private static let configMap: JSONValue = [
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata("settings"),
        "data": [
            "ssl-redirect": "false", "hsts-max-age": "600", "http-redirect-code": "301",
            "no-tls-redirect-locations": "/x,/y", "proxy-body-size": "1m",
        ],
    ]

    private static let namespace: JSONValue = [
        "apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "shop", "labels": ["team": "a"]],
    ]
}
