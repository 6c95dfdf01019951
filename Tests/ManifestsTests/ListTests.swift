import Diagnostics
import KubernetesModel
import Manifests
import Testing

@Suite struct ListTests {
    @Test func `reads what kubectl prints`() throws {
        let text = """
            apiVersion: v1
            items:
            - apiVersion: networking.k8s.io/v1
              kind: Ingress
              metadata:
                annotations:
                  kubectl.kubernetes.io/last-applied-configuration: |
                    {"apiVersion":"networking.k8s.io/v1","kind":"Ingress"}
                creationTimestamp: "2026-01-31T12:00:00Z"
                generation: 1
                managedFields:
                - apiVersion: networking.k8s.io/v1
                  fieldsType: FieldsV1
                  fieldsV1: {"f:spec": {}}
                name: web
                namespace: shop
                resourceVersion: "123"
                uid: 11111111-2222-3333-4444-555555555555
              spec:
                defaultBackend: {service: {name: web, port: {number: 80}}}
              status:
                loadBalancer: {ingress: [{ip: 10.0.0.1}]}
            - apiVersion: v1
              data: {tls.crt: Zg==}
              kind: Secret
              metadata: {name: tls, namespace: shop}
              type: kubernetes.io/tls
            - apiVersion: apps/v1
              kind: Deployment
            kind: List
            metadata:
              resourceVersion: ""
            """
        let (snapshot, diagnostics) = read(text)
        #expect(diagnostics == [])
        #expect(snapshot.secrets.map(\.type) == ["kubernetes.io/tls"])
        let source = try #require(snapshot.ingresses.first?.metadata.source)
        #expect(source.position == SourcePosition(file: "a.yaml", line: 3, column: 3))
        #expect(source.position(of: "metadata.name") == SourcePosition(file: "a.yaml", line: 15, column: 11))
    }

    @Test(arguments: [
        ("networking.k8s.io/v1", "IngressList"), ("networking.k8s.io/v1beta1", "IngressList"),
        ("extensions/v1beta1", "IngressList"),
    ])
    func `gives items of a typed list its type`(_ version: String, _ kind: String) {
        let text = "apiVersion: \(version)\nkind: \(kind)\nitems: [{metadata: {name: a}, spec: {rules: [{host: a}]}}]\n"
        let (snapshot, diagnostics) = read(text)
        #expect(diagnostics == [])
        #expect(snapshot.ingresses.map(\.rules) == [[.init(host: "a")]])
    }

    @Test func `reads JSON`() {
        let text =
            "{\n\t\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [\n\t\t{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\",\n"
            + "\t\t \"metadata\": {\"name\": \"a\"}, \"data\": {\"k\": \"\\ud83d\\ude00\\/\"}}]}\n"
        for file in ["a.json", "a.yaml", "<stdin>"] {
            let (snapshot, diagnostics) = read(text, file: file)
            #expect(diagnostics == [])
            #expect(snapshot.configMaps.map(\.data) == [["k": "😀/"]])
        }
    }

    @Test func `leaves out one bad item alone`() {
        let text =
            "apiVersion: v1\nkind: SecretList\nitems:\n- metadata: {name: A}\n- metadata: {name: b, name: c}\n- text\n- metadata: {name: d}\n"
        let (snapshot, diagnostics) = read(text)
        #expect(diagnostics.map(\.code) == ["yaml-duplicate-key", "name-invalid", "not-a-kubernetes-object"])
        #expect(snapshot.secrets.map(\.metadata.name) == ["d"])
    }

    @Test func `reports items that are no list`() {
        #expect(findings("apiVersion: v1\nkind: List\nitems: {}") == ["error wrong-type"])
    }

    @Test func `reads lists within lists`() {
        let inner = "{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Namespace, metadata: {name: a}}]}"
        #expect(read("apiVersion: v1\nkind: List\nitems: [\(inner)]").snapshot.namespaces.map(\.metadata.name) == ["a"])
    }
}
