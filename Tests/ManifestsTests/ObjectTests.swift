import Diagnostics
import KubernetesModel
import Manifests
import Testing

@Suite struct ObjectTests {
    private static let configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"

    @Test(arguments: [
        "apiVersion: serving.knative.dev/v1\nkind: Service\nspec: {}", "apiVersion: apps/v1\nkind: Deployment\nfoo: 1",
        "apiVersion: config.openshift.io/v1\nkind: Ingress", "apiVersion: v1\nkind: Pod",
        "apiVersion: v1\nkind: PodList\nitems: [x]",
        "apiVersion: example.org/v1\nkind: AllowList\nitems: [10.0.0.0/8]", "# nothing", "", "---\n---\n", "null",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a]",
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy", "apiVersion: v1\nkind: List\nitems: []",
        "apiVersion: v1\nkind: List",
    ])
    func `passes in silence what is not for Postern`(_ text: String) {
        #expect(findings(text) == [])
        #expect(read(text).snapshot == ClusterSnapshot())
    }

    @Test(arguments: [
        "replicas: 1\nimage: x", "- a\n- b", "text", "apiVersion: v2\nname: chart", "kind: Kustomization",
    ])
    func `warns of a document that is no object`(_ text: String) {
        #expect(findings(text) == ["warning not-a-kubernetes-object"])
    }

    @Test func `warns of a kind that is misspelt`() {
        let diagnostic = read("apiVersion: networking.k8s.io/v1\nkind: Ingres\n").diagnostics.first
        #expect(diagnostic?.code == "unknown-kind")
        #expect(diagnostic?.hint == "did you mean 'Ingress'?")
        #expect(diagnostic?.position == SourcePosition(file: "a.yaml", line: 2, column: 7))
    }

    @Test(arguments: [
        (
            "networking.k8s.io/v1alpha1", "Ingress",
            "networking.k8s.io/v1, networking.k8s.io/v1beta1, extensions/v1beta1"
        ),
        ("extensions/v1", "Ingress", "networking.k8s.io/v1, networking.k8s.io/v1beta1, extensions/v1beta1"),
        ("v1", "Ingress", "networking.k8s.io/v1, networking.k8s.io/v1beta1, extensions/v1beta1"),
        ("discovery.k8s.io/v1alpha1", "EndpointSlice", "discovery.k8s.io/v1, discovery.k8s.io/v1beta1"),
        ("v2", "Secret", "v1"),
    ])
    func `names the versions that are read`(_ version: String, _ kind: String, _ versions: String) {
        let (snapshot, diagnostics) = read("kind: \(kind)\napiVersion: \(version)\nmetadata: {name: a}")
        #expect(diagnostics.map(\.code) == ["unsupported-version"])
        #expect(diagnostics.first?.hint == "versions that are read: \(versions)")
        #expect(diagnostics.first?.position == SourcePosition(file: "a.yaml", line: 2, column: 13))
        #expect(snapshot == ClusterSnapshot())
    }

    @Test func `misses the version of a kind that it knows`() {
        #expect(findings("kind: Ingress\nmetadata: {name: a}") == ["error missing-field"])
    }

    @Test func `reads IngressClasses of both versions`() {
        for version in ["v1", "v1beta1"] {
            let text =
                "apiVersion: networking.k8s.io/\(version)\nkind: IngressClass\nmetadata: {name: nginx, namespace: x, annotations: "
                + "{ingressclass.kubernetes.io/is-default-class: \"true\"}}\n"
                + "spec: {controller: k8s.io/ingress-nginx, parameters: {kind: A, name: b}}\n"
            let (snapshot, diagnostics) = read(text)
            #expect(diagnostics == [])
            #expect(snapshot.ingressClasses.map(\.controller) == ["k8s.io/ingress-nginx"])
            #expect(snapshot.ingressClasses.map(\.isDefault) == [true])
            #expect(snapshot.ingressClasses.map(\.metadata.namespace) == [""])
        }
    }

    @Test(
        arguments: [
            (
                "{kind: ConfigMap, name: a, namespace: b, scope: Namespace}",
                IngressClass.Parameters(kind: "ConfigMap", name: "a", namespace: "b"), []
            ),
            (
                "{apiGroup: x.example, kind: Settings, name: A b, scope: Cluster}",
                IngressClass.Parameters(apiGroup: "x.example", kind: "Settings", name: "A b"), []
            ),
            ("{kind: ConfigMap, name: 'a,metadata.name!=a'}", nil, ["error name-invalid"]),
            ("{kind: ConfigMap, name: a, namespace: ../b}", nil, ["error name-invalid"]),
            ("{name: a}", nil, ["error missing-field"]), ("{kind: ConfigMap}", nil, ["error missing-field"]),
            ("a", nil, ["error wrong-type"]),
        ] as [(String, IngressClass.Parameters?, [String])]
    )
    func `reads the parameters of an IngressClass, which serves without those of no use`(
        _ parameters: String,
        _ expected: IngressClass.Parameters?,
        _ problems: [String]
    ) {
        let text =
            "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: a}\n"
            + "spec: {controller: a.example/b, parameters: \(parameters)}\n"
        #expect(findings(text) == problems)
        #expect(read(text).snapshot.ingressClasses.map(\.parameters) == [expected])
    }

    @Test(arguments: [
        "spec: {}", "spec: {controller: nginx}", "spec: {controller: A.b/c}", "spec: {controller: a/}", "",
    ])
    func `leaves out an IngressClass without a controller`(_ spec: String) {
        let (snapshot, diagnostics) = read(
            "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: a}\n\(spec)\n"
        )
        #expect(diagnostics.map(\.severity) == [.error])
        #expect(snapshot.ingressClasses == [])
    }

    @Test func `reads what comes before and after a broken document`() {
        let other = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n"
        let (snapshot, diagnostics) = read(Self.configMap + "---\na: [\n---\n" + other + "---\n\tx\n")
        #expect(diagnostics.map(\.code) == ["yaml-syntax", "yaml-syntax"])
        #expect(snapshot.configMaps.map(\.metadata.name) == ["a", "b"])
    }

    @Test func `lets the later of two objects with one name win, and names both places`() {
        let files = [
            ManifestFile(name: "1.yaml", text: Self.configMap + "data: {from: first}\n"),
            ManifestFile(name: "2.yaml", text: "# second\n" + Self.configMap + "data: {from: second}\n"),
        ]
        let (snapshot, diagnostics) = ManifestReader().read(files)
        #expect(diagnostics.map(\.code) == ["duplicate-object"])
        #expect(diagnostics.first?.severity == .warning)
        #expect(diagnostics.first?.position == SourcePosition(file: "2.yaml", line: 4, column: 18))
        #expect(diagnostics.first?.message.hasSuffix("at 1.yaml:1:1") == true)
        #expect(snapshot.configMaps.map(\.data) == [["from": "second"]])
    }

    @Test func `tells objects apart by kind and namespace`() {
        let others = [
            "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\n",
        ]
        #expect(findings(([Self.configMap] + others).joined(separator: "---\n")) == [])
    }

    @Test func `takes one Ingress in two versions for two of the same`() {
        let text =
            ingress("defaultBackend: {service: {name: a, port: {number: 1}}}") + "---\n"
            + ingress("backend: {serviceName: a, servicePort: 1}", version: "extensions/v1beta1")
        #expect(findings(text) == ["warning duplicate-object"])
    }

    @Test func `replaces all slices of Endpoints that come again`() {
        let text =
            "apiVersion: v1\nkind: Endpoints\nmetadata: {name: a}\nsubsets: [{addresses: [{ip: 10.0.0.1}]}, {addresses: [{ip: 10.0.0.2}]}]\n"
        let second =
            "---\napiVersion: v1\nkind: Endpoints\nmetadata: {name: a}\nsubsets: [{addresses: [{ip: 10.0.0.3}]}]\n"
        let (snapshot, diagnostics) = read(text + second)
        #expect(diagnostics.map(\.code) == ["duplicate-object"])
        #expect(snapshot.endpointSlices.flatMap(\.endpoints).map(\.addresses) == [["10.0.0.3"]])
    }
}
