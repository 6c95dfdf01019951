import Diagnostics
import Manifests
import TestSupport
import Testing

@Suite struct UnknownFieldTests {
    private static let backend = "backend: {service: {name: a, port: {number: 1}}}"

    @Test(
        arguments: [
            ("👉ingresClassName: x\nrules: [{host: a}]", "spec.ingresClassName", "did you mean 'ingressClassName'?"),
            ("rules: [{👉hots: a}]", "spec.rules[0].hots", "did you mean 'host'?"),
            ("rules: [{host: a}]\ntls: [{👉secretname: a}]", "spec.tls[0].secretname", "did you mean 'secretName'?"),
            ("rules: [{host: a, 👉paths: []}]", "spec.rules[0].paths", "the paths of a rule stand in 'http.paths'"),
            ("rules: [{host: a}]\n👉backend: {}", "spec.backend", "in networking.k8s.io/v1 this is 'defaultBackend'"),
            ("rules: [{host: a}]\n👉somethingElse: 1", "spec.somethingElse", nil),
        ] as [(MarkedText, String, String?)]
    )
    func `warns of a field that Kubernetes does not define`(_ spec: MarkedText, _ field: String, _ hint: String?) {
        let found = read(ingress(spec.text)).diagnostics
        #expect(found.map(\.code) == ["unknown-field"])
        #expect(found.first?.severity == .warning)
        #expect(found.first?.field == field)
        #expect(found.first?.hint == hint)
        #expect(found.first?.position == SourcePosition(file: "a.yaml", line: spec.line + 5, column: spec.column + 2))
    }

    @Test func `says what an old field is called now`() {
        let found = read(ingress("defaultBackend: {service: {name: a, port: {number: 1}}, serviceName: a}")).diagnostics
        #expect(found.map(\.code) == ["unknown-field"])
        #expect(found.first?.hint == "in networking.k8s.io/v1 this is 'service.name'")
    }

    @Test func `says what a new field was called`() {
        let found = read(ingress("backend: {service: {name: a}}", version: "extensions/v1beta1")).diagnostics
        #expect(found.map(\.code) == ["unknown-field", "missing-field"])
        #expect(found.first?.hint?.hasPrefix("in v1beta1 this is 'serviceName'") == true)
    }

    @Test(arguments: [
        "apiVersion: v1\nkind: Service\nmetadata: {name: a, lables: {}}\nspec: {ports: []}",
        "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [], selectors: {}}",
        "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringdata: {}",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndatas: {}",
        "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: a}\nspec: {controler: x, controller: a/b}",
        "apiVersion: v1\nkind: Endpoints\nmetadata: {name: a}\nsubsets: [{adresses: []}]",
    ])
    func `warns in every kind`(_ text: String) {
        let found = read(text).diagnostics
        #expect(found.map(\.code) == ["unknown-field"])
        #expect(found.first?.hint?.hasPrefix("did you mean") == true)
    }
}
