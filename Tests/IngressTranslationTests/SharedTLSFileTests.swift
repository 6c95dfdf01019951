import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// The files by which TLS is spoken with the clients of all hosts.
struct SharedTLSFileTests {
    private static let key = String(repeating: "AAAA", count: 16)
    private static let parameters = """
        -----BEGIN DH PARAMETERS-----
        MIIBCAKCAQEA//////////+t+FRYortKmq/cViAnPTzx2LnFg84tNpWp4TZBFGQz
        +8yTnc4kmz75fS/jY2MMddj2gbICrsRhetPfHtXV/WVhJDP1H18GbtCFY2VVPe0a
        87VXE15/V8k1mE8McODmi3fipona8+/och3xWKE2rec1MKzKT0g6eXq8CrGCsyT7
        YdEIqUuyyOP7uWrat2DX9GgdT0Kj3jlN9K5W7edjcrsZCwenyO4KbXCeAvzhzffi
        7MA0BM0oNC9hkXL+nOmFg/+OTxIy7vKBg8P+OxtMb61zO7X8vC7CIAXFjvGDfRaD
        ssbzSibBsu/6iGtCOGEoXJf//////////wIBAg==
        -----END DH PARAMETERS-----

        """

    private func translated(_ global: [String: String], _ secret: [String: String]? = nil) throws -> Translation {
        var cluster = snapshot(
            [ingress(rule("a.example", path("/")))],
            services: [service()],
            slices: [slice("shop/web", ["10.0.0.1"])]
        )
        cluster.configMaps = [ConfigMap(metadata: metadata("ingress/global"), data: global)]
        if let secret {
            let data = secret.mapValues { SecretBytes(Array($0.utf8)) }
            cluster.secrets = [Secret(metadata: metadata("ingress/dhparam"), data: data)]
        }
        let settings = try settings {
            $0.globalConfigMap = NamespacedName(namespace: "ingress", name: "global")
            $0.assumesMissingObjects = false
        }
        return translate(cluster, with: settings)
    }

    private func files(_ kind: PrivateFile.Kind, of result: Translation) -> [PrivateFile] {
        result.configuration.privateFiles.filter { $0.kind == kind }
    }

    @Test(arguments: [48, 80]) func `the key of tickets is a file that only nginx reads`(_ count: Int) throws {
        let text = count == 48 ? Self.key : String(repeating: "AAAA", count: 26) + "AAA="
        let result = try translated(["ssl-session-tickets": "true", "ssl-session-ticket-key": text])
        #expect(result.codes == [])
        #expect(files(.sessionTicketKey, of: result).map(\.content) == [SecretBytes(Array(repeating: 0, count: count))])
        #expect(result.configuration.settings.tls.sessionTicketKey?.value == "tickets/session.key")
    }

    @Test(arguments: ["QUJD", "%secret%", String(repeating: "AAAA", count: 17)])
    func `a key of another length is told without the key, and nginx makes its own`(_ text: String) throws {
        let result = try translated(["ssl-session-tickets": "true", "ssl-session-ticket-key": text])
        #expect(result.codes == ["configmap-key-invalid"])
        #expect(!result.diagnostics.contains { $0.text.contains(text) })
        #expect(files(.sessionTicketKey, of: result) == [])
        #expect(result.configuration.settings.tls.sessionTicketKey == nil)
    }

    @Test func `a key of tickets that are off is told, and is no file`() throws {
        let result = try translated(["ssl-session-ticket-key": Self.key])
        #expect(result.codes == ["session-tickets-off"])
        #expect(files(.sessionTicketKey, of: result) == [])
    }

    @Test func `parameters of key exchange are what the Secret holds, and nothing beside`() throws {
        let text = "comment\n" + Self.parameters + "more"
        let result = try translated(["ssl-dh-param": "ingress/dhparam"], ["dhparam.pem": text])
        #expect(result.codes == [])
        let file = try #require(files(.keyExchangeParameters, of: result).first)
        #expect(String(decoding: file.content.bytes, as: UTF8.self) == Self.parameters)
        #expect(result.configuration.settings.tls.keyExchangeParameters == file.file)
        #expect(file.file.value == "dh/ingress.dhparam.pem")
    }

    @Test(
        arguments: [
            (nil, "secret-not-found"), (["other": parameters], "secret-invalid"),
            (["dhparam.pem": ""], "secret-invalid"),
            (["dhparam.pem": "-----BEGIN DH PARAMETERS-----\nAAAA\n-----END DH PARAMETERS-----"], "secret-invalid"),
        ] as [([String: String]?, String)]
    )
    func `parameters that are missing or wrong are told, and there are none`(
        _ secret: [String: String]?,
        _ code: String
    ) throws {
        let result = try translated(["ssl-dh-param": "ingress/dhparam"], secret)
        #expect(result.codes == [code])
        #expect(files(.keyExchangeParameters, of: result) == [])
        #expect(result.configuration.settings.tls.keyExchangeParameters == nil)
    }

    @Test func `a change of the Secret counts at once`() throws {
        var cluster = snapshot([ingress(rule("a.example", path("/")))], services: [service()])
        cluster.configMaps = [
            ConfigMap(metadata: metadata("ingress/global"), data: ["ssl-dh-param": "ingress/dhparam"])
        ]
        let settings = try settings {
            $0.globalConfigMap = NamespacedName(namespace: "ingress", name: "global")
        }
        var cache = TranslationCache()
        #expect(files(.keyExchangeParameters, of: translate(cluster, with: settings, cache: &cache)).isEmpty)
        let bytes = SecretBytes(Array(Self.parameters.utf8))
        cluster.secrets = [Secret(metadata: metadata("ingress/dhparam"), data: ["dhparam.pem": bytes])]
        let with = translate(cluster, with: settings, cache: &cache)
        #expect(files(.keyExchangeParameters, of: with).count == 1)
        #expect(with.configuration == translate(cluster, with: settings).configuration)
        cluster.secrets = []
        let without = translate(cluster, with: settings, cache: &cache)
        #expect(files(.keyExchangeParameters, of: without).isEmpty)
        #expect(without.configuration == translate(cluster, with: settings).configuration)
    }
}
