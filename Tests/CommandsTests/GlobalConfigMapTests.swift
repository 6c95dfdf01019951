import TestSupport
import Testing

/// The effect of `--configmap` and `--annotations-prefix` on commands that read manifests.
struct GlobalConfigMapTests {
    private static func settings(_ data: String) -> String {
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: ingress}\ndata:\n  \(data)\n"
    }

    private static let option = ["--configmap", "ingress/settings"]

    @Test func `render takes its keys from the input`() async throws {
        let files = ["d/web.yaml": ingress(), "d/settings.yaml": Self.settings("proxy-read-timeout: \"7\"")]
        try await CommandLine.use(files) { shell in
            let with = try await shell.run(["render"] + Self.option + ["d"])
            #expect(with.status == 0, "\(with.errors)")
            #expect(with.text.contains("    proxy_read_timeout 7s;\n"))
            let without = try await shell.run("render", "d")
            #expect(without.text.contains("    proxy_read_timeout 1m;\n"))
        }
    }

    @Test func `check reports its keys where they stand`() async throws {
        let files = ["d/web.yaml": ingress(), "d/settings.yaml": Self.settings("proxy-read-timeot: \"7\"")]
        try await CommandLine.use(files) { shell in
            let outcome = try await shell.run(["check", "--quiet"] + Self.option + ["d"])
            #expect(outcome.status == 1)
            #expect(outcome.text.hasPrefix("d/settings.yaml:5:22: warning: 'proxy-read-timeot' "), "\(outcome.text)")
            #expect(outcome.text.contains("did you mean 'proxy-read-timeout'?"))
            #expect(try await shell.run("check", "--quiet", "d").status == 0)
        }
    }

    @Test func `diff shows what a change of it changes`() async throws {
        let files = [
            "old/web.yaml": ingress(), "old/settings.yaml": Self.settings("proxy-read-timeout: \"7\""),
            "new/web.yaml": ingress(), "new/settings.yaml": Self.settings("proxy-read-timeout: \"8\""),
        ]
        try await CommandLine.use(files) { shell in
            let outcome = try await shell.run(["diff"] + Self.option + ["old", "new"])
            #expect(outcome.status == 1)
            #expect(outcome.text.contains("\n-    proxy_read_timeout 7s;\n+    proxy_read_timeout 8s;\n"))
            #expect(try await shell.run("diff", "old", "new").status == 0)
        }
    }

    @Test(
        arguments: [
            ([], 0, "note: ConfigMap 'ingress/settings', which --configmap names, is not in the input"),
            (["--as", "folder"], 1, "error: ConfigMap 'ingress/settings', which --configmap names, is not found"),
            (["--observed"], 1, "error: ConfigMap 'ingress/settings', which --configmap names, is not found"),
        ] as [([String], Int32, String)]
    )
    func `one that the input lacks is assumed in a repository alone`(
        _ options: [String],
        _ status: Int32,
        _ finding: String
    ) async throws {
        let service =
            "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {ports: [{port: 80}]}\n"
        let slice = """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: web, namespace: shop, labels: {kubernetes.io/service-name: web}}
            addressType: IPv4
            endpoints: [{addresses: [192.0.2.8]}]
            ports: [{port: 80}]

            """
        let ingressClass = """
            apiVersion: networking.k8s.io/v1
            kind: IngressClass
            metadata: {name: nginx}
            spec: {controller: k8s.io/ingress-nginx}

            """
        let text = [ingress(), service, slice, ingressClass].joined(separator: "---\n")
        try await CommandLine.use(["web.yaml": text]) { shell in
            let outcome = try await shell.run(["check"] + Self.option + options + ["web.yaml"])
            #expect(outcome.text.contains(finding), "\(outcome.text)")
            #expect(outcome.status == status)
        }
    }

    @Test func `only annotations with the prefix that is given are read`() async throws {
        let annotations = "  annotations:\n    corp.example/proxy-read-timeout: \"9\"\n"
        let text = ingress().replacing("spec:\n", with: annotations + "spec:\n", maxReplacements: 1)
        try await CommandLine.use(["web.yaml": text]) { shell in
            let own = try await shell.run("render", "--annotations-prefix", "corp.example", "web.yaml")
            #expect(own.text.contains("            proxy_read_timeout 9s;\n"))
            #expect(try await !shell.run("render", "web.yaml").text.contains("proxy_read_timeout 9s"))
        }
    }
}
