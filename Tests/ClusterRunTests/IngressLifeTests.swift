import ControllerTestSupport
import ControlPlaneTestSupport
import Foundation
import TestSupport
import Testing

/// The life of an Ingress on a real API server, as its owner sees it with kubectl.
@Suite(.timeLimit(.minutes(10)))
struct IngressLifeTests {
    @Test func `an Ingress is created, told its address, edited, replaced and deleted`() async throws {
        try await ClusterStage.use { stage in
            try await stage.apply(stage.ingressClass, stage.serving("web"), stage.serving("api"))
            let end = try await stage.running { postern in
                try await stage.kubectl.create(stage.ingress("shop", ["a.example": "web"]))
                try await stage.awaitAnswer("web", of: "http://a.example/")
                try await stage.awaitAddresses([ClusterStage.address], of: "shop")
                let shown = try await stage.kubectl.output(["-n", stage.namespace, "get", "ingress"])
                #expect(String(decoding: shown, as: UTF8.self).contains(" \(ClusterStage.address) "))

                // Edited: another host.
                try await stage.apply(stage.ingress("shop", ["a.example": "web", "b.example": "api"]))
                try await stage.awaitAnswer("api", of: "http://b.example/")
                #expect(await stage.answer("http://a.example/") == "web")

                try await stage.kubectl.replace(stage.ingress("shop", ["c.example": "web"]))
                try await stage.awaitAnswer("web", of: "http://c.example/")
                try await stage.awaitAnswer("404", of: "http://a.example/")
                #expect(await stage.answer("http://b.example/") == "404")

                try await stage.kubectl.delete("ingress/shop", in: stage.namespace)
                try await stage.awaitAnswer("404", of: "http://c.example/")
                let events = try await stage.events(of: "shop")
                #expect(Set(events.keys) == ["Live"], "\(events)")
                // Each form of it that went live: three, told in one event.
                #expect(events["Live"]?.map(\.count) == [3])
                postern.send(SIGTERM)
                try await postern.awaitEnd()
            }
            #expect(end.status == .exited(0), "\(end.log)")
        }
    }

    @Test func `what is wrong with an Ingress is told by an event, once, and the rest of it is served`() async throws {
        try await ClusterStage.use { stage in
            try await stage.apply(
                stage.ingressClass,
                stage.serving("web"),
                stage.ingress("shop", ["a.example": "web", "b.example": "missing"])
            )
            _ = try await stage.running { _ in
                try await stage.awaitAnswer("web", of: "http://a.example/")
                #expect(await stage.answer("http://b.example/") == "503")
                try await eventually("the event") {
                    try await stage.events(of: "shop")["ServiceNotFound"] != nil
                }
                // Other changes are no reason to tell it again.
                try await stage.apply(stage.ingress("other", ["o.example": "web"]))
                try await stage.awaitAnswer("web", of: "http://o.example/")
                try await stage.awaitAddresses([ClusterStage.address], of: "other")
                let events = try await stage.events(of: "shop")
                #expect(Set(events.keys) == ["Live", "ServiceNotFound"])
                #expect(events["ServiceNotFound"]?.map(\.type) == ["Warning"])
                #expect(events["ServiceNotFound"]?.map(\.count) == [1])
                #expect(events["ServiceNotFound"]?.first?.message.contains("missing' does not exist") == true)
                #expect(
                    try await stage.metric(#"postern_diagnostics{severity="error",code="service-not-found"}"#) == 1
                )
            }
        }
    }

    @Test func `a Secret that is rotated changes the certificate`() async throws {
        try await ClusterStage.use { stage in
            let old = try await TestSecret(for: "a.example")
            let new = try await TestSecret(for: "a.example")
            try await stage.apply(
                stage.ingressClass,
                stage.serving("web"),
                old.manifest(named: "tls", in: stage.namespace),
                stage.ingress("shop", ["a.example": "web"], tls: "tls")
            )
            _ = try await stage.running { _ in
                try await stage.awaitAnswer("web", of: "https://a.example/")
                #expect(try await stage.fingerprint("a.example") == old.fingerprint)
                try await stage.apply(new.manifest(named: "tls", in: stage.namespace))
                try await eventually("the new certificate") {
                    try await stage.fingerprint("a.example") == new.fingerprint
                }
                try await stage.kubectl.delete("secret/tls", in: stage.namespace)
                try await eventually("the certificate is told to be missing") {
                    try await stage.events(of: "shop")["SecretNotFound"] != nil
                }
            }
        }
    }

    @Test func `one reconcile serves what there is, and tells the cluster nothing`() async throws {
        try await ClusterStage.use { stage in
            try await stage.apply(
                stage.ingressClass,
                stage.serving("web"),
                stage.ingress("shop", ["a.example": "web", "b.example": "missing"])
            )
            let options = ["--once", "--publish-status-address", ClusterStage.address]
            let end = try await stage.site.runToEnd(stage.ownOptions + options)
            #expect(end.status == .exited(1), "\(end.log)")
            #expect(await stage.answer("http://a.example/") == "web")
            #expect(try await stage.addresses(of: "shop") == [])
            #expect(try await stage.events(of: "shop").isEmpty)
            let leases = try await stage.kubectl.output(["get", "leases", "--all-namespaces", "--output", "name"])
            #expect(!String(decoding: leases, as: UTF8.self).contains("/\(stage.namespace)\n"))
        }
    }

    @Test func `without sync events and an election the leader writes, and tells findings alone`() async throws {
        try await ClusterStage.use { stage in
            try await stage.apply(
                stage.ingressClass,
                stage.serving("web"),
                stage.ingress("shop", ["a.example": "web", "b.example": "missing"])
            )
            let options = [
                "--publish-status-address", ClusterStage.address, "--disable-sync-events=true",
                "--disable-leader-election",
            ]
            _ = try await stage.running(options) { _ in
                try await stage.awaitAnswer("web", of: "http://a.example/")
                try await stage.awaitAddresses([ClusterStage.address], of: "shop")
                try await eventually("the event of a finding") {
                    try await stage.events(of: "shop")["ServiceNotFound"] != nil
                }
                #expect(try await stage.events(of: "shop")["Live"] == nil)
            }
            let leases = try await stage.kubectl.output(["get", "leases", "--all-namespaces", "--output", "name"])
            #expect(!String(decoding: leases, as: UTF8.self).contains("/\(stage.namespace)\n"))
        }
    }

    @Test func `the global ConfigMap counts as it changes, and is missed when it goes`() async throws {
        try await ClusterStage.use { stage in
            func settings(_ data: String) -> String {
                let name = "{name: settings, namespace: \(stage.namespace)}"
                return "apiVersion: v1\nkind: ConfigMap\nmetadata: \(name)\ndata: \(data)\n"
            }
            try await stage.apply(
                stage.ingressClass,
                settings(#"{force-ssl-redirect: "true", http-redirect-code: "302"}"#),
                stage.serving("web"),
                stage.ingress("shop", ["a.example": "web"])
            )
            let options = ["--configmap", "\(stage.namespace)/settings"]
            _ = try await stage.running(options) { postern in
                try await stage.awaitAnswer("302", of: "http://a.example/")
                try await stage.apply(settings(#"{force-ssl-redirect: "true", http-redirect-code: "307"}"#))
                try await stage.awaitAnswer("307", of: "http://a.example/")
                try await stage.kubectl.delete("configmap/settings", in: stage.namespace)
                try await stage.awaitAnswer("web", of: "http://a.example/")
                try await eventually("it is missed") { postern.log.contains("[global-configmap-not-found]") }
                try await stage.apply(settings(#"{force-ssl-redirect: "true"}"#))
                try await stage.awaitAnswer("308", of: "http://a.example/")
            }
        }
    }

    @Test func `the parameters of a class count as they change`() async throws {
        try await ClusterStage.use { stage in
            var stage = stage
            stage.site.environment = ["POD_NAME": "postern-0", "POD_NAMESPACE": stage.namespace]
            func settings(_ data: String) -> String {
                let name = "{name: settings, namespace: \(stage.namespace)}"
                return "apiVersion: v1\nkind: ConfigMap\nmetadata: \(name)\ndata: \(data)\n"
            }
            try await stage.apply(
                stage.ingressClass(parameters: "settings"),
                settings(#"{force-ssl-redirect: "true", http-redirect-code: "302"}"#),
                stage.serving("web"),
                stage.ingress("shop", ["a.example": "web"])
            )
            _ = try await stage.running { _ in
                try await stage.awaitAnswer("302", of: "http://a.example/")
                try await stage.apply(settings(#"{force-ssl-redirect: "true", server-snippet: "deny all;"}"#))
                try await stage.awaitAnswer("503", of: "https://a.example/")
                #expect(await stage.answer("http://a.example/") == "308")
                try await eventually("the Ingress's owner is told") {
                    try await stage.events(of: "shop")["ClassNotHonoured"] != nil
                }
                try await eventually("the owner of the parameters is told") {
                    try await stage.events(of: "settings")["ClassParameterNotHonoured"] != nil
                }
                try await stage.kubectl.delete("configmap/settings", in: stage.namespace)
                try await stage.awaitAnswer("web", of: "http://a.example/")
            }
        }
    }

    @Test func `a Service is scaled by its slices, to none and back`() async throws {
        try await ClusterStage.use(["one", "two"]) { stage in
            try await stage.apply(
                stage.ingressClass,
                stage.service("web"),
                stage.slice("web-1", of: "web", to: "one"),
                stage.ingress("shop", ["a.example": "web"])
            )
            _ = try await stage.running { _ in
                try await stage.awaitAnswer("one", of: "http://a.example/")
                try await stage.apply(stage.slice("web-2", of: "web", to: "two"))
                try await stage.awaitAnswer("two", of: "http://a.example/")
                try await stage.kubectl.delete("endpointslice/web-1", in: stage.namespace)
                try await eventually("only the second is left") {
                    for _ in 0..<6 where await stage.answer("http://a.example/") != "two" { return false }
                    return true
                }
                try await stage.kubectl.delete("endpointslice/web-2", in: stage.namespace)
                try await stage.awaitAnswer("503", of: "http://a.example/")
                try await stage.apply(stage.slice("web-3", of: "web", to: "one"))
                try await stage.awaitAnswer("one", of: "http://a.example/")
            }
        }
    }

    @Test func `an Ingress whose class is another's is served no longer, and loses its address`() async throws {
        try await ClusterStage.use { stage in
            try await stage.apply(
                stage.ingressClass,
                stage.serving("web"),
                stage.ingress("shop", ["a.example": "web"]),
                stage.ingress("stays", ["b.example": "web"])
            )
            _ = try await stage.running { _ in
                try await stage.awaitAnswer("web", of: "http://a.example/")
                try await stage.awaitAddresses([ClusterStage.address], of: "shop")
                try await stage.apply(stage.ingress("shop", ["a.example": "web"], class: "of-somebody-else"))
                try await stage.awaitAnswer("404", of: "http://a.example/")
                try await stage.awaitAddresses([], of: "shop")
                #expect(try await stage.addresses(of: "stays") == [ClusterStage.address])
                try await stage.apply(stage.ingress("shop", ["a.example": "web"]))
                try await stage.awaitAnswer("web", of: "http://a.example/")
                try await stage.awaitAddresses([ClusterStage.address], of: "shop")
            }
        }
    }

    @Test func `Ingresses of all versions of the API are served`() async throws {
        try await ClusterStage.use { stage in
            let old = ["networking.k8s.io/v1beta1": "beta", "extensions/v1beta1": "extension"]
            try await stage.apply(
                stage.ingressClass,
                stage.serving("web"),
                stage.ingress("newest", ["newest.example": "web"])
            )
            for (version, name) in old {
                try await stage.apply(
                    """
                    apiVersion: \(version)
                    kind: Ingress
                    metadata: {name: \(name), namespace: \(stage.namespace)}
                    spec:
                      ingressClassName: \(stage.namespace)
                      rules:
                      - host: \(name).example
                        http: {paths: [{path: /, pathType: Prefix, backend: {serviceName: web, servicePort: 80}}]}

                    """
                )
            }
            _ = try await stage.running { _ in
                for name in ["newest", "beta", "extension"] {
                    try await stage.awaitAnswer("web", of: "http://\(name).example/")
                    try await stage.awaitAddresses([ClusterStage.address], of: name)
                }
            }
        }
    }
}
