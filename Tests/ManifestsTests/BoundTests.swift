import Diagnostics
import KubernetesModel
import Manifests
import Testing

/// However much is wrong, little is said of it.
struct BoundTests {
    @Test func `an object with thousands of unknown fields has a hundred findings, and one that counts the others`() {
        let fields = (0..<5_000).map { "field\($0): 1" }.joined(separator: "\n")
        let diagnostics = read(ingress("defaultBackend: {service: {name: a, port: {number: 80}}}\n\(fields)"))
            .diagnostics
        #expect(diagnostics.count == 101)
        #expect(diagnostics.last?.message == "4900 more findings about Ingress default/web are not shown")
        #expect(diagnostics.last?.severity == .warning)
    }

    @Test func `thousands of bad documents have a thousand findings, and a bad one behind them still counts`() {
        let text = String(repeating: "---\na: 1\n", count: 3_000) + "---\na: [\n"
        let diagnostics = read(text).diagnostics
        #expect(diagnostics.count == 1_001)
        #expect(diagnostics.last?.code == "findings-omitted")
        #expect(diagnostics.last?.severity == .error)
    }

    @Test func `a list of thousands of things that are no objects has a hundred findings`() {
        let text = "apiVersion: v1\nkind: List\nitems:\n" + String(repeating: "- 1\n", count: 5_000)
        #expect(read(text).diagnostics.count == 101)
    }

    @Test func `annotations of more than Kubernetes takes are refused`() {
        let annotations = (0..<4_000).map {
            "    example.com/annotation-\($0): \"\(String(repeating: "x", count: 60))\""
        }
        let text =
            "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  annotations:\n"
            + annotations.joined(separator: "\n") + "\nspec: {}\n"
        let (snapshot, diagnostics) = read(text)
        #expect(diagnostics.map(\.code) == ["annotations-too-long"])
        #expect(snapshot.services.isEmpty)
    }
}
