import Diagnostics
import ProxyConfiguration

/// One of the sample Ingresses, with what is worth trying on it.
struct DemoSample: Sendable {
    /// The name of the Ingress in the namespace `demo`.
    var name: String
    var summary: String
    var requests: [DemoRequest]

    static let namespace = "demo"

    /// The Services of the samples; each has a backend of its name.
    static let services = ["web", "api", "blog"]

    static let all = [
        DemoSample(
            name: "fanout",
            summary: "one host, the path chooses the Service",
            requests: [
                DemoRequest("web answers", .http, "shop.example", "/"),
                DemoRequest("api answers", .http, "shop.example", "/api/items?page=2"),
                DemoRequest("web answers, since a prefix is made of whole segments", .http, "shop.example", "/apiary"),
            ]
        ),
        DemoSample(
            name: "virtual-hosts",
            summary: "one address, the host chooses the Service",
            requests: [
                DemoRequest("blog answers", .http, "blog.example", "/2026/hello"),
                DemoRequest("web answers, for every host of the wildcard", .http, "fix-42.preview.example", "/"),
            ]
        ),
        DemoSample(
            name: "tls",
            summary: "a certificate, made for this demo, and a redirect to it",
            requests: [
                DemoRequest("web answers, by TLS", .https, "account.example", "/orders"),
                DemoRequest(
                    "308 to https://account.example/orders, without a port: as in production, where that is 443",
                    .http,
                    "account.example",
                    "/orders",
                    showsHead: true
                ),
            ]
        ),
        DemoSample(
            name: "rewrite",
            summary: "the backend sees a part of the path",
            requests: [
                DemoRequest("api answers, and sees /users/7?full=1", .http, "tools.example", "/api/users/7?full=1")
            ]
        ),
    ]

    /// The origin of the Ingress's parts of a configuration.
    var object: ObjectReference? { ObjectReference(kind: "Ingress", namespace: Self.namespace, name: name) }
}
