import TestSupport
import Testing

/// Manifests of v1beta1, and what `--fix` makes of them.
struct FixTests {
    private static let head = """
        # The shop's Ingress.
        apiVersion: extensions/v1beta1  # old
        kind: Ingress
        metadata:
          name: web
          namespace: shop
        spec:

        """

    private static let rules = """
          rules:
          - host: "shop.example"
            http:
              paths:

        """

    /// What a check with `--fix` leaves of a file, and what it prints.
    private func fix(_ text: String, name: String = "web.yaml") async throws -> (text: String, outcome: Tool.Outcome) {
        try await CommandLine.use([name: text]) { shell in
            let outcome = try await shell.run("check", "--fix", "--quiet", name)
            return (try shell.text(of: name), outcome)
        }
    }

    @Test(arguments: [
        // The path, and what becomes of it.
        (
            """
                  - path: /cart   # the cart
                    backend:
                      serviceName: cart  # the new one
                      # By name.
                      servicePort: http

            """,
            """
                  - path: /cart   # the cart
                    pathType: ImplementationSpecific
                    backend:
                      service:
                        name: cart  # the new one
                        # By name.
                        port:
                          name: http

            """
        ),
        (
            """
                    - backend: {servicePort: 80, serviceName: 'cart'}
                      path: /cart

            """,
            """
                    - pathType: ImplementationSpecific
                      backend: {service: {port: {number: 80}, name: 'cart'}}
                      path: /cart

            """
        ),
        (
            """
                    - {path: /a, pathType: Prefix, backend: {serviceName: a, servicePort: "web"}}
                    - {path: /b, backend: {serviceName: b, servicePort: 8080}}

            """,
            """
                    - {path: /a, pathType: Prefix, backend: {service: {name: a, port: {name: "web"}}}}
                    - {path: /b, pathType: ImplementationSpecific, backend: {service: {name: b, port: {number: 8080}}}}

            """
        ),
    ])
    func `paths and backends are rewritten where they stand`(_ old: String, _ new: String) async throws {
        let (text, outcome) = try await fix(Self.head + Self.rules + old)
        #expect(text == Self.head.replacing("extensions/v1beta1", with: "networking.k8s.io/v1") + Self.rules + new)
        #expect(outcome.status == 0)
        #expect(outcome.errors.hasPrefix("web.yaml: 1 object rewritten as networking.k8s.io/v1\n"))
    }

    @Test func `a default backend has its new name, and other line ends stay`() async throws {
        let old = Self.head + "  backend:\n    serviceName: web\n    servicePort: 80\n"
        let (text, _) = try await fix(old.replacing("\n", with: "\r\n"))
        let new =
            Self.head.replacing("extensions/v1beta1", with: "networking.k8s.io/v1")
            + "  defaultBackend:\n    service:\n      name: web\n      port:\n        number: 80\n"
        #expect(text == new.replacing("\n", with: "\r\n"))
    }

    @Test func `other documents stay byte for byte, and a class has its new version`() async throws {
        let other =
            "apiVersion:   v1\nkind: ConfigMap\nmetadata: { name: a,namespace: b }\ndata: {a: 'extensions/v1beta1'}\n"
        let old =
            "apiVersion: networking.k8s.io/v1beta1\nkind: IngressClass\nmetadata: {name: nginx}\nspec: {controller: k8s.io/ingress-nginx}\n"
        let (text, outcome) = try await fix(other + "---\n" + old + "---\n" + ingress())
        #expect(text == other + "---\n" + old.replacing("io/v1beta1", with: "io/v1") + "---\n" + ingress())
        #expect(outcome.status == 0)
    }

    @Test func `objects of a list are rewritten`() async throws {
        let item =
            (Self.head + Self.rules + "      - backend:\n          serviceName: web\n          servicePort: 80\n")
            .split(separator: "\n").map { "  \($0)\n" }.joined()
        let (text, outcome) = try await fix("apiVersion: v1\nkind: List\nitems:\n-\n" + item)
        #expect(text.contains("  apiVersion: networking.k8s.io/v1  # old\n"))
        #expect(text.contains("        - pathType: ImplementationSpecific\n          backend:\n            service:\n"))
        #expect(outcome.status == 0)
    }

    @Test(arguments: [
        ("      - backend: &shop\n          serviceName: web\n          servicePort: 80\n", "anchors or tags"),
        ("      - backend: {serviceName: web, servicePort: !!int 80}\n", "anchors or tags"),
        ("      - backend: {\"serviceName\": web, servicePort: 80}\n", "the key 'serviceName' is quoted"),
        (
            "      - backend:\n          serviceName:\n            web\n          servicePort: 80\n",
            "stands on two lines"
        ),
        ("      - backend: {serviceName: \"w\\x65b\", servicePort: 80}\n", "written with escapes"),
    ])
    func `what is not certain is left, and the finding says why`(_ path: String, _ reason: String) async throws {
        let old = Self.head + Self.rules + path
        let (text, outcome) = try await fix(old)
        #expect(text == old)
        #expect(outcome.status == 1)
        #expect(outcome.text.contains("[version-outdated]"))
        #expect(outcome.text.contains("--fix leaves it: "))
        #expect(outcome.text.contains(reason))
    }

    @Test func `all files of a repository are rewritten, and templates and patches are not`() async throws {
        let old = Self.head + Self.rules + "      - backend: {serviceName: web, servicePort: 80}\n"
        let files = [
            "stage/web.yaml": old, "live/web.yaml": old, "overlay/patch.yaml": old, "chart/Chart.yaml": "name: a\n",
            "chart/templates/web.yaml": old, "overlay/kustomization.yaml": "patches: [{path: patch.yaml}]\n",
        ]
        try await CommandLine.use(files) { shell in
            _ = try await shell.run("check", "--fix", ".")
            for (name, isFixed) in [
                ("stage/web.yaml", true), ("live/web.yaml", true), ("overlay/patch.yaml", false),
                ("chart/templates/web.yaml", false),
            ] {
                #expect(try (shell.text(of: name) != old) == isFixed, "\(name)")
            }
        }
    }

    @Test func `JSON is left`() async throws {
        let json = """
            {"apiVersion": "extensions/v1beta1", "kind": "Ingress", "metadata": {"name": "web"},
             "spec": {"backend": {"serviceName": "web", "servicePort": 80}}}

            """
        let (text, outcome) = try await fix(json, name: "web.json")
        #expect(text == json)
        #expect(outcome.text.contains("--fix leaves it: it is JSON"))
    }

    @Test func `without the option the new form is shown, and nothing is written`() async throws {
        let old = Self.head + Self.rules + "      - backend:\n          serviceName: web\n          servicePort: 80\n"
        try await CommandLine.use(["web.yaml": old]) { shell in
            let outcome = try await shell.run("check", "--quiet", "web.yaml")
            #expect(outcome.status == 1)
            #expect(
                outcome.text == """
                    web.yaml:2:13: warning: a cluster of Kubernetes 1.22 or newer refuses 'extensions/v1beta1'; Postern reads it all the same [version-outdated]
                        hint: write 'networking.k8s.io/v1', 'pathType', and backends such as 'service: {name: web, port: {number: 80}}', as --fix does

                    """
            )
            #expect(try shell.text(of: "web.yaml") == old)
            let observed = try await shell.run("check", "--observed", "web.yaml")
            #expect(!observed.text.contains("version-outdated"))
            let input = try await shell.run("check", "--fix", "-", input: old)
            #expect(input.status == 2)
        }
    }

    @Test func `a link and the permissions of a file stay`() async throws {
        let old = Self.head + Self.rules + "      - backend: {serviceName: web, servicePort: 80}\n"
        try await CommandLine.use(["real.yaml": old]) { shell in
            _ = try await Tool("sh").run([
                "-c", "cd '\(shell.path("."))' && chmod 640 real.yaml && ln -s real.yaml web.yaml",
            ])
            let outcome = try await shell.run("check", "--fix", "--quiet", "web.yaml")
            #expect(outcome.status == 0)
            #expect(try shell.text(of: "real.yaml").contains("networking.k8s.io/v1"))
            #expect(try shell.mode(of: "real.yaml") == 0o640)
            let link = try await Tool("sh").run(["-c", "test -L '\(shell.path("web.yaml"))'"])
            #expect(link.status == 0)
        }
    }
}
