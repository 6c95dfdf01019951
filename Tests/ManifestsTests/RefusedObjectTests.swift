import Diagnostics
import KubernetesModel
import Manifests
import Testing

struct RefusedObjectTests {
    private let bad = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: 1\n"
    private let good = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n"

    @Test func `a Service that is left out is known to be there`() {
        #expect(read(bad).snapshot.refused.map(\.description) == ["Service default/web"])
        #expect(read(good).snapshot.refused.isEmpty)
    }

    @Test func `one that is good elsewhere is not`() {
        #expect(read(bad + "---\n" + good).snapshot.refused.isEmpty)
        #expect(read(good + "---\n" + bad).snapshot.refused.isEmpty)
    }
}
