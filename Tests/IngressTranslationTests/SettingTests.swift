import Diagnostics
import KubernetesModel
import NginxSyntax
import TestSupport
import Testing

@testable import IngressTranslation

/// Properties of every row of the table of settings.
struct SettingTests {
    static let annotations = SettingTable.all.filter { $0.places.isAnnotation && $0.field != nil }.map(\.name)
    /// Those that count without another one; what the others come to is tested by themselves.
    static let openAnnotations = annotations.filter { SettingTable.annotations[$0]?.field?.gate == nil }
    static let keys = SettingTable.all.filter { $0.places.isGlobalKey && $0.field != nil }.map(\.name)

    @Test func `names are unique in each place, aliases among them`() {
        #expect(SettingTable.annotations.count == 138)
        #expect(SettingTable.keys.count == 193)
    }

    /// What closes where its value is bad, and keeps nobody away by a good one, or none by itself.
    private static let closingHelpers: Set<String> = [
        "auth-method", "auth-response-headers", "auth-secret-type", "bind-address", "custom-headers", "enable-real-ip",
        "fastcgi-params-configmap", "forwarded-for-header", "global-auth-method", "global-auth-response-headers",
        "global-auth-snippet", "location-snippet", "proxy-real-ip-cidr", "proxy-ssl-secret", "proxy-ssl-verify",
        "stream-snippet", "use-forwarded-headers", "use-proxy-protocol",
    ]

    @Test func `what closes where its value is bad guards, but for what only helps`() {
        let closing = SettingTable.all.filter { if case .closes = $0.field?.ifInvalid { true } else { false } }
        #expect(Set(closing.filter { $0.guardRule == nil }.map(\.name)) == Self.closingHelpers)
    }

    @Test(arguments: annotations)
    func `an annotation takes its examples, and no two of them are the same`(_ name: String) throws {
        let setting = try #require(SettingTable.annotations[name])
        #expect(setting.examples.count > 1)
        var values: Set<SettingValues> = []
        for example in setting.examples {
            var value = SettingValues.builtIn
            try setting.field?.read(example, &value)
            values.insert(value)
        }
        #expect(values.count == setting.examples.count)
    }

    @Test(arguments: keys)
    func `a key takes its examples`(_ name: String) throws {
        let setting = try #require(SettingTable.keys[name])
        for example in setting.examples {
            var value = SettingValues.builtIn
            try setting.field?.read(example, &value)
        }
    }

    /// An nginx that lacks nothing.
    private static let withModules = NginxCapabilities(version: NginxVersion(1, 30, 0)).loading(
        from: ["ngx_http_modsecurity_module.so", "ngx_otel_module.so"]
    )

    /// A hostile value is refused with its place, or it is one that the setting takes.
    @Test(arguments: openAnnotations)
    func `a hostile value of an annotation is told, or is what it takes`(_ name: String) async throws {
        let setting = try #require(SettingTable.annotations[name])
        let field = try #require(setting.field)
        let texts = (HostileText.all + HostileText.refused).filter { !$0.isEmpty }
        // Some for each setting, others for each: all of them together would take minutes.
        for index in stride(from: name.utf8.count % 11, to: texts.count, by: 11) {
            // Tests that wait for others run on the same few threads.
            await Task.yield()
            var value = SettingValues.builtIn
            let isTaken = (try? field.read(texts[index], &value)) != nil
            let result = try translated(
                ingress(annotations: [name: texts[index]], rule("a.example", path("/"))),
                with: try settings { $0.capabilities = Self.withModules }
            )
            let reported = result.diagnostics.filter { $0.code == "annotation-invalid" }
            #expect(reported.isEmpty == isTaken, "\(texts[index].debugDescription)")
            #expect(reported.allSatisfy { $0.field == "metadata.annotations[nginx.ingress.kubernetes.io/\(name)]" })
            #expect(result.configuration.flaws == [])
        }
    }

    @Test func `a directive that the nginx lacks is told, and not written`() throws {
        let old = try #require(
            NginxCapabilities(versionOutput: "nginx version: nginx/1.22.1\n--without-http_proxy_module")
        )
        let lacking = try settings { $0.capabilities = old }
        let result = try translated(
            ingress(annotations: ["proxy-read-timeout": "7"], rule("a.example", path("/"))),
            with: lacking
        )
        #expect(result.codes == ["annotation-not-read"])
        #expect(
            result.diagnostics.first?.message.hasSuffix(
                "it needs nginx's module http_proxy_module, which this build lacks"
            ) ?? false
        )
    }
}
