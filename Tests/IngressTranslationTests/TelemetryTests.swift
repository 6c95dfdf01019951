import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Traces of requests, for which nginx has a module that few builds load.
struct TelemetryTests {
    private func result(
        _ annotations: [String: String] = [:],
        _ keys: [String: String],
        hasModule: Bool = true
    ) throws -> Translation {
        var snapshot = snapshot(
            [ingress(annotations: annotations, rule("a.example", path("/a")))],
            services: [service()],
            slices: [slice("shop/web", ["10.0.0.1"])]
        )
        snapshot.configMaps = [globalConfigMap(keys)]
        let settings = try settings {
            $0.globalConfigMap = globalName
            $0.capabilities = NginxCapabilities(version: NginxVersion(1, 30, 0))
                .loading(from: hasModule ? ["ngx_otel_module.so"] : [])
        }
        return translate(snapshot, with: settings)
    }

    private static let collector = ["otlp-collector-host": "otel.example"]
    private static let on = collector.merging(["enable-opentelemetry": "true"]) { $1 }

    private func directives(_ result: Translation) -> [String?] {
        let settings = result.configuration.settings.directives
        return ["otel_trace", "otel_trace_context", "otel_span_name"].map(settings.value)
    }

    private func ownDirectives(_ result: Translation) -> String? {
        result.server("a.example")?.locations.first { !$0.policy.value.settings.isEmpty }?.policy.value.settings
            .description
    }

    @Test func `all requests are traced where the ConfigMap says so, as it says`() throws {
        let keys = [
            "otlp-collector-port": "4318", "otel-max-queuesize": "1000", "otel-max-export-batch-size": "100",
            "otel-schedule-delay-millis": "250", "otel-service-name": "edge 1", "otel-sampler-parent-based": "false",
            "opentelemetry-operation-name": "$request_method $service_name",
            "opentelemetry-trust-incoming-span": "false",
        ]
        let result = try result([:], Self.on.merging(keys) { $1 })
        #expect(result.codes == [])
        let exporter = try #require(result.configuration.settings.tracing)
        #expect(exporter.endpoint.value == "otel.example:4318")
        #expect(exporter.interval == TimeSpan(milliseconds: 250))
        #expect([exporter.batchSize, exporter.batchCount].map(\.value) == [100, 10])
        #expect(exporter.sampler == nil)
        #expect(exporter.variables == [.serviceName])
        #expect(directives(result) == ["on", "inject", "\"$request_method $service_name\""])
        #expect(result.configuration.settings.directives.value(of: "otel_service_name") == "\"edge 1\"")
        #expect(ownDirectives(result) == nil)
    }

    @Test func `an Ingress says otherwise for its own paths`() throws {
        let annotations = [
            "enable-opentelemetry": "true", "opentelemetry-operation-name": "shop",
            "opentelemetry-trust-incoming-span": "false",
        ]
        let one = try result(annotations, Self.collector)
        #expect(one.codes == [])
        #expect(directives(one) == ["off", "ignore", nil])
        #expect(ownDirectives(one) == "otel_span_name shop; otel_trace $is_traced; otel_trace_context inject")
        let other = try result(["enable-opentelemetry": "false"], Self.on)
        #expect(directives(other) == ["$is_traced", "propagate", nil])
        #expect(ownDirectives(other) == "otel_trace off; otel_trace_context ignore")
    }

    @Test(
        arguments: [
            ([:], TraceSampler(share: 10_000, followsParent: true)),
            (["otel-sampler": "AlwaysOff"], TraceSampler(share: 0, followsParent: true)),
            (["otel-sampler": "TraceIdRatioBased"], TraceSampler(share: 100, followsParent: true)),
            (
                [
                    "otel-sampler": "TraceIdRatioBased", "otel-sampler-ratio": "0.25",
                    "otel-sampler-parent-based": "false",
                ],
                TraceSampler(share: 2_500, followsParent: false)
            ),
        ] as [([String: String], TraceSampler)]
    )
    func `requests are traced by share, and as their callers are`(_ keys: [String: String], _ sampler: TraceSampler)
        throws
    {
        let result = try result([:], Self.on.merging(keys) { $1 })
        #expect(result.codes == [])
        #expect(result.configuration.settings.tracing?.sampler == sampler)
    }

    @Test func `nothing is traced without the module, and requests are served`() throws {
        let result = try result([:], Self.on, hasModule: false)
        #expect(result.codes == ["configmap-key-not-read", "configmap-key-not-read"])
        #expect(result.diagnostics.allSatisfy { $0.hint?.contains("nginx-module-otel") ?? false })
        #expect(result.configuration.settings.tracing == nil)
        #expect(directives(result) == [nil, nil, nil])
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
    }

    @Test func `nothing is traced without a collector`() throws {
        let all = try result([:], ["enable-opentelemetry": "true"])
        #expect(all.codes == ["configmap-key-not-read"])
        let one = try result(["enable-opentelemetry": "true"], [:])
        #expect(one.codes == ["annotation-not-read"])
        for result in [all, one] { #expect(directives(result) == [nil, nil, nil]) }
    }

    @Test(arguments: [
        ("otlp-collector-host", "a b"), ("otlp-collector-host", "x;y"), ("otlp-collector-host", "$host"),
        ("otlp-collector-port", "0"), ("otel-sampler", "alwayson"), ("otel-sampler-ratio", "1.1"),
        ("otel-sampler-ratio", "nan"), ("otel-max-queuesize", "0"), ("otel-schedule-delay-millis", "5s"),
        ("otel-service-name", "$hostname"), ("otel-service-name", "a\nb"),
        ("opentelemetry-operation-name", "$nonsense"),
    ])
    func `a value that is none has the default hold`(_ key: String, _ value: String) throws {
        let result = try result([:], Self.on.merging([key: value]) { $1 })
        #expect(result.codes.contains("configmap-key-invalid"))
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
    }
}
