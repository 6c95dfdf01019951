import Diagnostics
import KubernetesModel
import Manifests
import TestSupport
import Testing

@Suite struct IngressRefusalTests {
    @Test(arguments: [
        "a", "a.example", "A.Example", "*.example", "*.a.example", "xn--bcher-kva.example", "1.example",
        "10.0.0.1.nip.io",
    ])
    func `takes a host`(_ host: String) {
        let (snapshot, diagnostics) = read(ingress("rules:\n- host: \"\(host)\""))
        #expect(diagnostics == [])
        #expect(snapshot.ingresses.first?.rules == [.init(host: host)])
    }

    @Test(arguments: [
        "10.0.0.1", "::1", "*", "*.", "a.*.example", "*a.example", "a..b", ".a", "a.", "-a.example", "a-.example",
        "a_b.example", "a.example:80", "https://a.example", "a.example/x", "bücher.example", "a b", "a;b", "*.*.a",
        String(repeating: "a.", count: 127),
    ])
    func `leaves out a rule for what is no host`(_ host: String) {
        let (snapshot, diagnostics) = read(ingress("rules:\n- host: \"\(host)\"\n- host: ok.example"))
        #expect(diagnostics.map(\.code) == ["host-invalid"])
        #expect(diagnostics.first?.message.hasSuffix("; the rule is left out") == true)
        #expect(diagnostics.first?.field == "spec.rules[0].host")
        #expect(diagnostics.first?.object?.description == "Ingress default/web")
        #expect(diagnostics.first?.position == SourcePosition(file: "a.yaml", line: 7, column: 11))
        #expect(snapshot.ingresses.first?.rules == [.init(host: "ok.example")])
    }

    @Test func `takes an empty host for every host`() {
        let (snapshot, diagnostics) = read(ingress("rules:\n- host: \"\"\n- host:"))
        #expect(diagnostics == [])
        #expect(snapshot.ingresses.first?.rules == [.init(host: ""), .init()])
    }

    @Test(arguments: [
        ("/", "Prefix"), ("/a/b/", "Exact"), ("/a.b", "Prefix"), ("/...", "Exact"), ("/a//b", "ImplementationSpecific"),
        ("/api(/|$)(.*)", "ImplementationSpecific"), ("/%20", "Prefix"), ("/..a", "Prefix"),
    ])
    func `takes a path`(_ path: String, _ type: String) {
        let (snapshot, diagnostics) = read(ingress(path: path, type: type))
        #expect(diagnostics == [])
        #expect(snapshot.ingresses.first?.rules.first?.paths?.first?.path == path)
    }

    @Test(arguments: [
        ("a", "Prefix"), ("*", "ImplementationSpecific"), ("a//b", "Exact"), ("/a//b", "Prefix"), ("/a/./b", "Exact"),
        ("/a/../b", "Prefix"), ("/a%2fb", "Prefix"), ("/a%2Fb", "Exact"), ("/a/..", "Exact"), ("/a/.", "Prefix"),
    ])
    func `leaves out what is no path`(_ path: String, _ type: String) {
        let (snapshot, diagnostics) = read(ingress(path: "\"\(path)\"", type: type))
        #expect(diagnostics.map(\.code) == ["path-invalid"])
        #expect(diagnostics.first?.position == SourcePosition(file: "a.yaml", line: 9, column: 15))
        #expect(diagnostics.first?.message.hasSuffix("; the path is left out") == true)
        // The rule stays, so that its host does not fall to the default backend.
        #expect(snapshot.ingresses.first?.rules == [.init(paths: [])])
    }

    @Test func `suggests the type of path that was meant`() {
        let diagnostic = read(ingress(path: "/", type: "prefix")).diagnostics.first
        #expect(diagnostic?.code == "value-invalid")
        #expect(diagnostic?.hint == "did you mean 'Prefix'?")
    }

    @Test(
        arguments: [
            ("👉{}", "missing-field"), ("{service: 👉web}", "wrong-type"), ("{service: 👉{name: web}}", "missing-field"),
            ("{service: 👉{port: {number: 80}}}", "missing-field"),
            ("{service: {name: 👉Web, port: {number: 80}}}", "name-invalid"),
            ("{service: {name: 👉1web, port: {number: 80}}}", "name-invalid"),
            ("{service: {name: web, port: 👉80}}", "wrong-type"),
            ("{service: {name: web, port: 👉{}}}", "missing-field"),
            ("{service: {name: web, port: 👉{name: a, number: 1}}}", "conflicting-fields"),
            ("{service: {name: web, port: {number: 👉0}}}", "port-invalid"),
            ("{service: {name: web, port: {number: 👉65536}}}", "port-invalid"),
            ("{service: {name: web, port: {number: 👉\"80\"}}}", "wrong-type"),
            ("{service: {name: web, port: {name: 👉\"80\"}}}", "name-invalid"),
            ("{service: {name: web, port: {name: 👉a--b}}}", "name-invalid"),
            ("{service: {name: web, port: {name: 👉sixteen-letters-}}}", "name-invalid"),
            ("👉{service: {name: web, port: {number: 1}}, resource: {kind: A, name: b}}", "conflicting-fields"),
            ("{resource: 👉{kind: A}}", "missing-field"), ("👉[]", "wrong-type"), ("👉web", "wrong-type"),
        ] as [(MarkedText, String)]
    )
    func `leaves out a path without a usable backend`(_ backend: MarkedText, _ code: String) {
        let spec = "rules:\n- http:\n    paths:\n    - path: /\n      pathType: Exact\n      backend: "
        let (snapshot, diagnostics) = read(ingress(spec + backend.text))
        #expect(diagnostics.map(\.code) == [code])
        #expect(diagnostics.first?.position == SourcePosition(file: "a.yaml", line: 11, column: 17 + backend.column))
        #expect(diagnostics.first?.message.hasSuffix("; the path is left out") == true)
        #expect(snapshot.ingresses.first?.rules == [.init(paths: [])])
    }

    @Test(arguments: [
        ("{serviceName: web}", "missing-field"), ("{servicePort: 80}", "missing-field"),
        ("{serviceName: web, servicePort: \"80\"}", "name-invalid"),
        ("{serviceName: web, servicePort: 0}", "port-invalid"),
    ])
    func `leaves out an unusable backend of an old version`(_ backend: String, _ code: String) {
        let (snapshot, diagnostics) = read(ingress("rules: []\nbackend: \(backend)", version: "extensions/v1beta1"))
        #expect(diagnostics.map(\.code) == [code])
        #expect(diagnostics.first?.field?.hasPrefix("spec.backend.service") == true)
        #expect(snapshot.ingresses.first?.defaultBackend == nil)
    }

    @Test(arguments: [
        ("{serviceName: a, servicePort: 80}", "{name: a, port: {number: 80}}"),
        ("{serviceName: a, servicePort: http}", "{name: a, port: {name: http}}"),
        ("{serviceName: a}", "{name: a, port: {number: 80}}"),
        ("{servicePort: 8080}", "{name: web, port: {number: 8080}}"),
    ])
    func `says once of a backend of v1beta1 how it is written today`(_ backend: String, _ service: String) {
        let (snapshot, diagnostics) = read(ingress("defaultBackend: \(backend)"))
        #expect(diagnostics.map(\.code) == ["missing-field"])
        #expect(diagnostics.first?.hint == "write 'service: \(service)'")
        #expect(snapshot.ingresses.first?.defaultBackend == nil)
    }

    @Test func `never widens a TLS entry whose hosts are all refused`() {
        let spec = "rules: [{host: a.example}]\ntls:\n- {hosts: [a_b], secretName: x}\n- {hosts: [], secretName: z}"
        let (snapshot, diagnostics) = read(ingress(spec))
        #expect(diagnostics.map(\.code) == ["host-invalid"])
        #expect(snapshot.ingresses.first?.tls == [.init(secretName: "z")])
    }

    @Test func `takes an empty name of a Secret for none`() {
        let (snapshot, diagnostics) = read(ingress("rules: [{host: a}]\ntls: [{hosts: [a], secretName: \"\"}]"))
        #expect(diagnostics == [])
        #expect(snapshot.ingresses.first?.tls == [.init(hosts: ["a"])])
        #expect(snapshot.ingresses.first?.tls.first?.secretName == nil)
    }

    @Test func `keeps the hosts of a TLS entry with an unusable Secret`() {
        let (snapshot, diagnostics) = read(ingress("rules: [{host: a}]\ntls: [{hosts: [a], secretName: a/b}]"))
        #expect(diagnostics.map(\.code) == ["name-invalid"])
        #expect(snapshot.ingresses.first?.tls == [.init(hosts: ["a"])])
    }

    @Test(arguments: ["ingressClassName: a/b", "ingressClassName: 1", "ingressClassName: \"\"", "rules: {}"])
    func `leaves out an Ingress that nobody could serve as meant`(_ line: String) {
        let (snapshot, diagnostics) = read(ingress("defaultBackend: {service: {name: a, port: {number: 1}}}\n\(line)"))
        #expect(diagnostics.map(\.severity) == [.error])
        #expect(diagnostics.first?.message.hasSuffix("; the Ingress is left out") == true)
        #expect(snapshot.ingresses == [])
    }

    @Test func `leaves out a mapping with a key twice, and keeps the rest`() {
        let path = "- {path: /, pathType: Exact, backend: {service: {name: a, port: {number: 1}}}}"
        let spec = "rules:\n- http:\n    paths:\n    - {path: /a, path: /b}\n    \(path)"
        let (snapshot, diagnostics) = read(ingress(spec))
        #expect(diagnostics.map(\.code) == ["yaml-duplicate-key"])
        #expect(snapshot.ingresses.first?.rules.first?.paths?.map(\.path) == ["/"])
    }
}
