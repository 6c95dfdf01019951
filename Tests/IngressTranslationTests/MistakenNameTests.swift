import Diagnostics
import KubernetesModel
import Testing

@testable import IngressTranslation

/// Annotations that nobody reads, and what is said of them.
struct MistakenNameTests {
    private func result(_ annotations: [String: String], class name: String? = "nginx") throws -> Translation {
        var web = ingress(rule("a.example", path("/a")))
        web.metadata.annotations = annotations
        web.ingressClassName = name
        return try translated(web, with: try offline())
    }

    @Test(arguments: [
        ("ingress.kubernetes.io/ssl-redirect", "write 'nginx.ingress.kubernetes.io/ssl-redirect'"),
        ("kubernetes.io/rewrite-target", "write 'nginx.ingress.kubernetes.io/rewrite-target'"),
        ("nginx.ingress.kubernets.io/auth-url", "write 'nginx.ingress.kubernetes.io/auth-url'"),
        ("nginx.ingress.kubernetes.com/auth-url", "write 'nginx.ingress.kubernetes.io/auth-url'"),
        ("nginx-ingress.kubernetes.io/affinity", "write 'nginx.ingress.kubernetes.io/affinity'"),
        ("Nginx.Ingress.Kubernetes.io/SSL-Redirect", "write 'nginx.ingress.kubernetes.io/ssl-redirect'"),
        ("nginx.kubernetes.io/proxy-body-size", "write 'nginx.ingress.kubernetes.io/proxy-body-size'"),
        ("ingress.kubernetes.io/secure-backends", "use 'backend-protocol' with the value HTTPS"),
    ])
    func `a wrong prefix is told the right name`(_ key: String, _ hint: String) throws {
        let result = try result([key: "true"])
        #expect(result.codes == ["annotation-misnamed"])
        #expect(result.diagnostics.first?.field == "metadata.annotations[\(key)]")
        #expect(result.diagnostics.first?.hint == hint)
    }

    @Test func `a wrong prefix beside the right one is for another controller`() throws {
        let annotations = [
            "ingress.kubernetes.io/ssl-redirect": "true", "nginx.ingress.kubernetes.io/ssl-redirect": "true",
        ]
        #expect(try result(annotations).codes == [])
    }

    @Test(arguments: [
        "alb.ingress.kubernetes.io/auth-type", "traefik.ingress.kubernetes.io/affinity", "nginx.org/proxy-read-timeout",
        "haproxy.org/ssl-redirect", "cert-manager.io/issuer", "kubernetes.io/tls-acme",
        "kubernetes.io/ingress.allow-http",
        "konghq.com/strip-path", "ssl-redirect", "gce.ingress.kubernetes.io/use-regex", "/",
        "ingress.kubernetes.io/mine",
    ])
    func `what is somebody else's is nobody's business`(_ key: String) throws {
        #expect(try result([key: "true"]).codes == [])
    }

    @Test(arguments: [
        "kubernetes.io/ingressClassName", "kubernetes.io/ingress-class", "ingress.kubernetes.io/ingress.class",
    ])
    func `a class in an annotation that nobody reads is told where it belongs`(_ key: String) throws {
        let result = try result([key: "nginx"], class: nil)
        #expect(result.codes.filter { $0.hasPrefix("annotation") } == ["annotation-misnamed"])
        #expect(result.diagnostics.contains { $0.hint == "set spec.ingressClassName" })
        #expect(try self.result([key: "nginx"]).codes == [])
    }

    @Test func `the class's own annotation is no mistake`() throws {
        #expect(try result(["kubernetes.io/ingress.class": "nginx"], class: nil).codes == [])
    }

    @Test(
        arguments: [
            (
                "session-cookie-hash", "ingress-nginx has removed it",
                "remove it; 'session-cookie-name' and the like need no hash"
            ),
            ("secure-backends", "ingress-nginx has removed it", "use 'backend-protocol' with the value HTTPS"),
            ("add-base-url", "ingress-nginx has removed it", "remove it; nothing takes its place"),
            ("send-timeout", "ingress-nginx never had it", "use 'proxy-send-timeout'"),
            ("body-size", "ingress-nginx never had it", "use 'proxy-body-size'"),
            ("ssl-verify", "ingress-nginx never had it", "use 'proxy-ssl-verify'"),
            ("websocket-services", "ingress-nginx never had it", "remove it; WebSockets need no annotation"),
            ("enable-websockets", "ingress-nginx never had it", "remove it; WebSockets need no annotation"),
            ("server-snippets", "ingress-nginx never had it", "use 'server-snippet'"),
            (
                "hsts", "it is a key of ingress-nginx's ConfigMap, and no annotation",
                "set it in the global ConfigMap, or in the one that the Ingress's class names"
            ),
            ("ssl-protocols", "it is a key of ingress-nginx's ConfigMap, and no annotation", nil),
            ("proxy-set-headers", "it is a key of ingress-nginx's ConfigMap, and no annotation", nil),
            ("enable-underscores-in-headers", "it is a key of ingress-nginx's ConfigMap, and no annotation", nil),
            ("large-client-header-buffers", "it is a key of ingress-nginx's ConfigMap, and no annotation", nil),
            ("SSL-redirect", "there is no such annotation", "did you mean 'ssl-redirect'?"),
        ] as [(String, String, String?)]
    )
    func `a name that ingress-nginx does not have is told its successor`(
        _ name: String,
        _ reason: String,
        _ hint: String?
    ) throws {
        let result = try result(["nginx.ingress.kubernetes.io/\(name)": "x"])
        #expect(result.codes == ["annotation-unknown"])
        #expect(result.diagnostics.first?.message == "'\(name)' has no effect: \(reason)")
        #expect(result.diagnostics.first?.hint == hint ?? "set it in the global ConfigMap")
    }

    @Test(arguments: [
        (["app-root": "/x"], true), (["rewrite-target": "/x"], true), (["use-regex": "true"], true),
        (["rewrite-target": "https://x.example/"], true), (["force-ssl-redirect": "true"], false),
    ])
    func `what is about paths has no effect beside a default backend alone`(
        _ annotations: [String: String],
        _ isTold: Bool
    ) throws {
        let result = try translated(ingress(annotations: annotations, defaultBackend: "web:80"))
        #expect(result.codes == (isTold ? ["annotation-out-of-place"] : []))
    }

    // MARK: Keys of the ConfigMap

    @Test func `every key of the ConfigMap is told as one where it stands as an annotation`() throws {
        let keys = SettingTable.keys.keys.filter { SettingTable.annotations[$0] == nil }
        #expect(keys.count > 100)
        for key in keys {
            let result = try result(["nginx.ingress.kubernetes.io/\(key)": "1"])
            #expect(result.codes == ["annotation-unknown"], "\(key)")
            let finding = try #require(result.diagnostics.first)
            #expect(finding.message.hasSuffix("it is a key of ingress-nginx's ConfigMap, and no annotation"), "\(key)")
            #expect(finding.hint?.hasPrefix("set it in the global ConfigMap") ?? false, "\(key)")
        }
    }

    @Test(arguments: [
        ("keepalive-timeout", "set the key 'keep-alive' of the global ConfigMap"),
        ("keepalive_timeout", "set the key 'keep-alive' of the global ConfigMap"),
        ("keepalive-requests", "set the key 'keep-alive-requests' of the global ConfigMap"),
        ("underscores-in-headers", "set the key 'enable-underscores-in-headers' of the global ConfigMap"),
        ("gzip", "set the key 'use-gzip' of the global ConfigMap"),
        ("keep-alives", "did you mean the key 'keep-alive' of the ConfigMap"),
        ("proxy-read-timeuot", "did you mean 'proxy-read-timeout'?"),
        ("auth-keepalive-timeot", "did you mean 'auth-keepalive-timeout'?"),
    ])
    func `a directive of nginx, or a name near one, is told where it is set`(_ name: String, _ hint: String) throws {
        let result = try result(["nginx.ingress.kubernetes.io/\(name)": "1"])
        #expect(result.codes == ["annotation-unknown"])
        #expect(result.diagnostics.first?.hint?.hasPrefix(hint) ?? false, "\(result.diagnostics)")
    }

    @Test func `directives stand for keys that there are, and are none themselves`() throws {
        for (directive, key) in MistakenName.keysOfDirectives {
            #expect(SettingTable.keys[key] != nil, "\(key)")
            #expect(SettingTable.keys[directive] == nil && SettingTable.annotations[directive] == nil, "\(directive)")
        }
    }
}
