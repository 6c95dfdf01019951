import Diagnostics
import KubernetesModel
import Manifests
import TestSupport
import Testing

@Suite struct MetadataTests {
    private func configMap(_ metadata: String) -> String {
        "apiVersion: v1\nkind: ConfigMap\nmetadata: \(metadata)\n"
    }

    @Test func `reads everything that a cluster adds, in silence`() throws {
        let text = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              annotations: {a.example/b: c, empty: , kubectl.kubernetes.io/last-applied-configuration: "{}"}
              creationTimestamp: "2026-01-31T12:00:00Z"
              deletionGracePeriodSeconds: 30
              deletionTimestamp: "2026-01-31T12:00:00Z"
              finalizers: [a]
              generateName: a-
              generation: 3
              labels: {app: x}
              managedFields: [{apiVersion: v1, fieldsV1: {"f:data": {}}, manager: kubectl, operation: Update}]
              name: a
              namespace: b
              ownerReferences: []
              resourceVersion: "7"
              selfLink: /api
              uid: 0a1b2c3d
            """
        let (snapshot, diagnostics) = read(text)
        #expect(diagnostics == [])
        let expected = ObjectMetadata(
            name: "a",
            namespace: "b",
            labels: ["app": "x"],
            annotations: ["a.example/b": "c", "empty": "", "kubectl.kubernetes.io/last-applied-configuration": "{}"],
            creationTimestamp: 1_769_860_800,
            generation: 3
        )
        #expect(snapshot.configMaps.first?.metadata.withoutSource == expected)
    }

    @Test(arguments: ["{name: a}", "{name: a, namespace: }", "{name: a, namespace: \"\"}"])
    func `fills in the namespace`(_ metadata: String) {
        let file = ManifestFile(name: "a.yaml", text: configMap(metadata))
        let (snapshot, diagnostics) = ManifestReader(defaultNamespace: "shop").read([file])
        #expect(diagnostics == [])
        #expect(snapshot.configMaps.map(\.namespacedName.description) == ["shop/a"])
    }

    @Test func `gives no namespace to what lives in none`() {
        let text = "apiVersion: v1\nkind: Namespace\nmetadata: {name: a, namespace: b}"
        #expect(read(text).snapshot.namespaces.map(\.metadata.namespace) == [""])
    }

    @Test(
        arguments: [
            ("{name: a, annotations: {k: 👉true}}", "wrong-type"), ("{name: a, annotations: {k: 👉1}}", "wrong-type"),
            ("{name: a, annotations: {k: 👉yes}}", "wrong-type"), ("{name: a, annotations: {k: 👉1.5}}", "wrong-type"),
            ("{name: a, annotations: {k: 👉{a: b}}}", "wrong-type"), ("{name: a, annotations: 👉[]}", "wrong-type"),
            ("{name: a, annotations: {👉\"a b\": c}}", "name-invalid"),
            ("{name: a, annotations: {👉a/b/c: d}}", "name-invalid"),
            ("{name: a, annotations: {👉/b: d}}", "name-invalid"),
            ("{name: a, annotations: {👉a_b/c: d}}", "name-invalid"),
            ("{name: a, annotations: {👉a.example/: d}}", "name-invalid"), ("{name: a, labels: {k: 👉1}}", "wrong-type"),
            ("{name: 👉A}", "name-invalid"), ("{name: 👉a_b}", "name-invalid"), ("{name: 👉.a}", "name-invalid"),
            ("{name: 👉1}", "wrong-type"), ("{name: a, namespace: 👉a.b}", "name-invalid"),
            ("👉{namespace: a}", "missing-field"),
            ("👉text", "wrong-type"),
        ] as [(MarkedText, String)]
    )
    func `leaves out an object whose metadata a cluster refuses`(_ metadata: MarkedText, _ code: String) {
        let (snapshot, diagnostics) = read(configMap(metadata.text))
        #expect(diagnostics.map(\.code) == [code])
        #expect(diagnostics.first?.position == SourcePosition(file: "a.yaml", line: 3, column: 10 + metadata.column))
        #expect(diagnostics.first?.message.hasSuffix("; the ConfigMap is left out") == true)
        #expect(snapshot.configMaps == [])
    }

    @Test func `says how to write an annotation that looks like something else`() {
        let diagnostic = read(configMap("{name: a, annotations: {example.org/x: true}}")).diagnostics.first
        #expect(diagnostic?.message == "expected text, found a Boolean; the ConfigMap is left out")
        #expect(diagnostic?.hint == "put quotes around it")
        #expect(diagnostic?.field == "metadata.annotations[example.org/x]")
        #expect(diagnostic?.object?.description == "ConfigMap default/a")
    }

    @Test func `misses metadata`() {
        #expect(findings("apiVersion: v1\nkind: ConfigMap\n") == ["error missing-field"])
        #expect(findings("apiVersion: v1\nkind: ConfigMap\nmetadata: null\n") == ["error missing-field"])
    }

    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59Z", -1), ("2000-02-29T00:00:00Z", 951_782_400),
            ("2026-01-31T13:00:00.5+01:00", 1_769_860_800), ("2026-01-31T11:30:00-00:30", 1_769_860_800),
            ("2100-03-01T00:00:00Z", 4_107_542_400),
        ] as [(String, Int64)]
    )
    func `reads times`(_ text: String, _ seconds: Int64) {
        let (snapshot, diagnostics) = read(configMap("{name: a, creationTimestamp: \"\(text)\"}"))
        #expect(diagnostics == [])
        #expect(snapshot.configMaps.first?.metadata.creationTimestamp == seconds)
    }

    @Test(arguments: ["2026-02-30T00:00:00Z", "2026-01-31", "2026-01-31T12:00:00", "2026-01-31T24:00:00Z", "soon", "5"])
    func `reports what is no time, and keeps the object`(_ text: String) {
        let (snapshot, diagnostics) = read(configMap("{name: a, creationTimestamp: \"\(text)\"}"))
        #expect(diagnostics.map(\.code) == ["time-invalid"])
        #expect(snapshot.configMaps.map(\.metadata.creationTimestamp) == [nil])
    }

    @Test(arguments: [
        (
            "Service", "v1", ["a", "a-1", String(repeating: "a", count: 63)],
            ["1a", "a.b", "a-", String(repeating: "a", count: 64)]
        ),
        ("Namespace", "v1", ["a", "1a"], ["a.b", "-a", "A"]),
        (
            "Secret", "v1", ["a.b", "1", String(repeating: "a", count: 253)],
            ["a..b", "a/b", String(repeating: "a", count: 254)]
        ),
    ])
    func `knows the names of each kind`(_ kind: String, _ version: String, _ good: [String], _ bad: [String]) {
        func codes(_ name: String) -> [String] {
            let text = "apiVersion: \(version)\nkind: \(kind)\nmetadata: {name: \"\(name)\"}\n"
            return read(text + (kind == "Service" ? "spec: {ports: []}" : "")).diagnostics.map(\.code)
        }
        for name in good { #expect(codes(name) == [], "\(name)") }
        for name in bad { #expect(codes(name) == ["name-invalid"], "\(name)") }
    }
}
