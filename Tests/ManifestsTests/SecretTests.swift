import Diagnostics
import KubernetesModel
import Manifests
import Testing

@Suite struct SecretTests {
    private func secret(_ fields: String) -> String {
        "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n\(fields)\n"
    }

    @Test(
        arguments: [
            ("\"\"", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"),
            ("\"Zm9v\\r\\nYmFy\\n\"", "foobar"),
            ("|\n    Zm9v\n    YmFy", "foobar"), ("\"Zm9v\n    YmFy\"", nil), ("null", ""),
        ] as [(String, String?)]
    )
    func `decodes data`(_ text: String, _ value: String?) {
        let (snapshot, diagnostics) = read(secret("data:\n  k: \(text)"))
        #expect(diagnostics.map(\.code) == (value == nil ? ["invalid-base64"] : []))
        #expect(snapshot.secrets.first?.data["k"]?.bytes == value.map { Array($0.utf8) })
    }

    @Test(arguments: ["Z", "Zg", "Zg=", "Zg===", "Z===", "====", "Zm9v=", "Z-_v", "Zg==Zg==", "plain text", "ü"])
    func `leaves out what is not base64, and never says it`(_ text: String) {
        let (snapshot, diagnostics) = read(secret("data: {good: Zg==, k: \"\(text)\"}"))
        #expect(diagnostics.map(\.message) == ["this is not base64; the value is left out"])
        #expect(diagnostics.first?.field == "data[k]")
        #expect(snapshot.secrets.first?.data == ["good": SecretBytes(Array("f".utf8))])
    }

    @Test func `puts stringData over data`() {
        let (snapshot, diagnostics) = read(
            secret("type: kubernetes.io/tls\ndata: {a: Zg==, b: Zg==}\nstringData: {b: ü, c: }")
        )
        #expect(diagnostics == [])
        #expect(snapshot.secrets.first?.type == "kubernetes.io/tls")
        #expect(
            snapshot.secrets.first?.data.mapValues { String(decoding: $0.bytes, as: UTF8.self) } == [
                "a": "f", "b": "ü", "c": "",
            ]
        )
        let source = snapshot.secrets.first?.metadata.source
        #expect(source?.position(of: "data[a]") == SourcePosition(file: "a.yaml", line: 5, column: 11))
        #expect(source?.position(of: "data[b]") == SourcePosition(file: "a.yaml", line: 6, column: 17))
    }

    @Test(arguments: [
        "data: {k: 987654}", "stringData: {k: 987654}", "data: 987654", "stringData: {k: {987654: 987654}}",
        "data: {k: 987654!}",
        "data: {k: \"987654", "stringData:\n  k: @987654", "stringData:\n  k: 987654: x", "stringData:\n\tk: 987654",
        "type: 987654",
    ])
    func `never says a value`(_ fields: String) {
        let diagnostics = read(secret(fields)).diagnostics
        #expect(!diagnostics.isEmpty)
        #expect(!"\(diagnostics)".contains("987654"))
    }

    @Test func `reads ConfigMaps and where their values stand`() throws {
        let text =
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  use-gzip: \"true\"\n  text: |\n    x\nbinaryData: {b: Zg==}\nimmutable: true\n"
        let (snapshot, diagnostics) = read(text)
        #expect(diagnostics == [])
        let configMap = try #require(snapshot.configMaps.first)
        #expect(configMap.data == ["use-gzip": "true", "text": "x\n"])
        #expect(
            configMap.metadata.source?.position(of: "data[use-gzip]")
                == SourcePosition(file: "a.yaml", line: 5, column: 13)
        )
    }

    @Test(arguments: ["a b", "a/b", "ü", "", ".", "..data", "a\\nb"])
    func `leaves out a value whose key Kubernetes does not allow`(_ key: String) {
        for kind in ["Secret", "ConfigMap"] {
            let (snapshot, diagnostics) = read(
                "apiVersion: v1\nkind: \(kind)\nmetadata: {name: a}\ndata: {\"\(key)\": Zg==, .good-k_1: Zg==}\n"
            )
            #expect(diagnostics.map(\.code) == ["name-invalid"])
            #expect(diagnostics.first?.position == SourcePosition(file: "a.yaml", line: 4, column: 8))
            #expect(
                snapshot.secrets.map { Array($0.data.keys) } + snapshot.configMaps.map { Array($0.data.keys) } == [
                    [".good-k_1"]
                ]
            )
        }
    }

    @Test func `leaves out a value of a ConfigMap that is no text`() {
        let (snapshot, diagnostics) = read(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: true, b: c}\n"
        )
        #expect(diagnostics.map(\.message) == ["expected text, found a Boolean; the value is left out"])
        #expect(diagnostics.first?.hint == "put quotes around it")
        #expect(snapshot.configMaps.first?.data == ["b": "c"])
    }
}
