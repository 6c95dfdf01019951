import TestSupport
import Testing

/// Values of ingress-nginx's chart in the report on a migration, wherever they stand.
struct MigrationValuesTests {
    private func run(_ files: [String: String], _ arguments: String...) async throws -> Tool.Outcome {
        try await CommandLine.use(files) { shell in try await shell.run(["migrate"] + arguments + ["."]) }
    }

    private static let values = """
        controller:
          allowSnippetAnnotations: true
          addHeaders: {X-Team: shop}
          config:
            proxy-body-size: 8m
            disable-ipv6: true
          customTemplate: {configMapName: nginx-template, configMapKey: nginx.tmpl}
          ingressClass: edge
          ingressClassResource: {name: edge, controllerValue: example.com/edge}
          metrics: {enabled: true}
          extraArgs:
            default-ssl-certificate: infra/wildcard
            enable-ssl-passthrough: ""
          service: {type: LoadBalancer}
        tcp:
          5432: "infra/db:5432"

        """

    private static func indented(_ columns: Int) -> String {
        let indent = String(repeating: " ", count: columns)
        return values.split(separator: "\n").map { "\(indent)\($0)\n" }.joined()
    }

    private static let web = ingress().replacing("ingressClassName: nginx", with: "ingressClassName: edge")

    @Test(arguments: [false, true])
    func `values of the chart are read, also as a part of others'`(_ isPart: Bool) async throws {
        let part = "ingress-nginx:\n" + Self.indented(2) + "postgresql: {enabled: true}\n"
        let outcome = try await run(["values.yaml": isPart ? part : Self.values, "web.yaml": Self.web])
        #expect(outcome.status == 1)
        #expect(
            outcome.text.hasPrefix(
                "Not ready: 1 of 1 Ingress would be served as today; beside Ingresses: "
                    + "customTemplate\nof Helm values  ./values.yaml:1\n"
            )
        )
        #expect(outcome.text.contains("  same        add-headers, proxy-body-size\n"))
        #expect(outcome.text.contains("  no effect   disable-ipv6  ./values.yaml:\(isPart ? 7 : 6)\n"))
        #expect(
            outcome.text.contains(
                "  same        --controller-class, --default-ssl-certificate, --enable-ssl-passthrough, "
                    + "--ingress-class, --tcp-services-configmap\n"
            )
        )
        #expect(outcome.text.contains("  same        TCP 5432\n"))
        #expect(!outcome.errors.contains("passed over"))
    }

    @Test(arguments: [
        (
            "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: edge}\n"
                + "spec:\n  chart: {spec: {chart: ingress-nginx}}\n  values:\n", 4, 6
        ),
        (
            "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: edge}\n"
                + "spec:\n  source:\n    chart: ingress-nginx\n    helm:\n      valuesObject:\n", 8, 8
        ),
        (
            "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: edge}\n"
                + "spec:\n  sources:\n  - chart: ingress-nginx\n    helm:\n      values: |\n", 8, 8
        ),
        (
            "apiVersion: helm.cattle.io/v1\nkind: HelmChartConfig\nmetadata: {name: rke2-ingress-nginx}\n"
                + "spec:\n  valuesContent: |-\n", 4, 5
        ),
    ])
    func `values in an object of whoever installs the chart are read`(_ head: String, _ indent: Int, _ lines: Int)
        async throws
    {
        let outcome = try await run(["edge.yaml": head + Self.indented(indent), "web.yaml": Self.web])
        #expect(outcome.text.contains("  no effect   disable-ipv6  ./edge.yaml:\(lines + 6)\n"), "\(outcome.text)")
        #expect(outcome.text.contains("  same        TCP 5432\n"))
        #expect(outcome.text.contains("Not ready: 1 of 1 Ingress would be served as today; "))
    }

    @Test func `a file with values that does not look like it is named`() async throws {
        let outcome = try await CommandLine.use(["small.yaml": "udp: {53: dns/coredns:53}", "web.yaml": ingress()]) {
            try await $0.run("migrate", "--values", "small.yaml", "web.yaml")
        }
        #expect(outcome.text.contains("  same        UDP 53\n"))
        let alone = try await CommandLine.use(["small.yaml": "controller: {kind: DaemonSet}"]) {
            try await $0.run("migrate", "--values", "small.yaml")
        }
        #expect(alone.status == 0)
        #expect(alone.text.hasPrefix("Ready: there is no Ingress of the class in the input\n"))
        #expect(alone.errors.hasPrefix("1 file, 0 Ingresses, 0 hosts"), "\(alone.errors)")
        let wrong = try await CommandLine.use(["list.yaml": "[1]"]) {
            try await $0.run("migrate", "--values", "list.yaml")
        }
        #expect(wrong.status == 2)
    }

    @Test(arguments: ["postgresql: {enabled: true}", "\n\nreplicaCount: 2\ningress: {enabled: true}", "{}"])
    func `values without a section of the chart are told, with their place`(_ other: String) async throws {
        let files = ["other.yaml": other, "web.yaml": ingress()]
        let line = other.hasPrefix("\n") ? 3 : 1
        let note =
            "note: other.yaml:\(line):1: the file has none of the sections of ingress-nginx's chart, such as "
            + "'controller'; nothing of it is read\n"
        let outcome = try await CommandLine.use(files) {
            try await $0.run("migrate", "--values", "other.yaml", "web.yaml")
        }
        #expect(outcome.text.contains(note), "\(outcome.text)")
        #expect(outcome.text.contains("note: no Deployment, DaemonSet or chart values"))
        let alone = try await CommandLine.use(files) { try await $0.run("migrate", "--values", "other.yaml") }
        #expect(alone.status == 1)
        #expect(alone.text.contains(note), "\(alone.text)")
    }

    @Test func `an input without anything of ingress-nginx is not ready`() async throws {
        let service = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"
        let blank = try await CommandLine.use(["web.yaml": service]) { try await $0.run("migrate", "web.yaml") }
        #expect(blank.status == 1)
        #expect(blank.text.hasPrefix("Not ready: there is neither an Ingress nor an ingress-nginx in the input\n"))
        let own = ["a.yaml": ingress(), "b.yaml": ingress("b").replacing("Name: nginx", with: "Name: alb")]
        let others = try await CommandLine.use(own) { shell in
            try await shell.run("migrate", "--ingress-class", "other", "--as", "cluster", ".")
        }
        #expect(others.status == 0)
        let text = "Ready: there is no Ingress of the class in the input, and 2 of other classes\n"
        #expect(others.text.hasPrefix(text), "\(others.text)")
    }

    @Test(arguments: [
        "controller: {image: {repository: haproxytech/kubernetes-ingress}, config: {proxy-body-size: 1m}}",
        "controller: {config: {entries: {proxy-body-size: 1m}}, enableSnippets: true}",
        "controller: {replicaCount: 2, service: {type: LoadBalancer}}",
    ])
    func `values of other charts are none of ingress-nginx`(_ other: String) async throws {
        let outcome = try await run(["values.yaml": other, "web.yaml": ingress()])
        #expect(outcome.text.contains("note: no Deployment, DaemonSet or chart values"))
    }

    @Test func `a ConfigMap that is the controller's by its name is read where none is named`() async throws {
        let map =
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ingress-nginx-controller}\ndata: {disable-ipv6: 'true'}\n"
        let outcome = try await run(["map.yaml": map, "web.yaml": ingress()])
        #expect(outcome.text.contains("  no effect   disable-ipv6  ./map.yaml:4\n"))
        let two = map + "---\n" + map.replacing("metadata: {", with: "metadata: {namespace: b, ")
        let unnamed = try await run(["map.yaml": two, "web.yaml": ingress()])
        #expect(unnamed.text.contains("note: no ConfigMap of ingress-nginx is named: --configmap names it"))
    }

    @Test func `values of a setting that differ in nothing are the same`() async throws {
        func text(_ value: String) async throws -> String {
            let annotation = "  annotations: {nginx.ingress.kubernetes.io/backend-protocol: \(value)}\n"
            let web = ingress().replacing("  namespace: shop\n", with: "  namespace: shop\n" + annotation)
            return try await run(["web.yaml": web]).text
        }
        #expect(try await text("HTTPS").contains("  same        backend-protocol\n"))
        #expect(try await text("GRPC").contains("  differs     backend-protocol  "))
    }
}
