import Diagnostics
import Incremental
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import Testing

/// Traces by nginx's own module for OpenTelemetry.
struct TracingTests {
    private static func model(_ sampler: TraceSampler?) throws -> Configuration {
        var model = try configuration([server("*"), server("shop.example", [proxy(prefix("/a"), to: "web")])])
        var exporter = TraceExporter(
            endpoint: try #require(Text("otel.example:4317")),
            interval: TimeSpan(seconds: UInt16(5)),
            batchSize: Number(512),
            batchCount: Number(4),
            sampler: sampler
        )
        exporter.variables = [.serviceName]
        model.settings.tracing = exporter
        let traced = sampler.map { _ in Expression(TraceSampler.variable) } ?? Expression(known: "on")
        model.settings.directives.set(SettingDirective("otel_trace"), to: traced)
        model.settings.directives.set(SettingDirective("otel_trace_context"), to: Identifier(known: "propagate"))
        model.servers[1].locations[0].policy = ByReference(LocationPolicy())
        model.servers[1].locations[0].policy.settings.set(SettingDirective("otel_trace"), to: Expression(known: "off"))
        return model
    }

    private static func rendered(_ model: Configuration) throws -> [Directive] {
        let build = NginxCapabilities(versionOutput: "nginx version: nginx/1.30.0 --modules-path=/modules")
        var diagnostics: [Diagnostic] = []
        let renderer = ConfigurationRenderer(
            for: try #require(build).loading(from: ["ngx_otel_module.so"]),
            diagnostics: &diagnostics
        )
        return try #require(renderer).render(model).directives()
    }

    @Test func `the module is loaded, and its directives stand where it takes them`() throws {
        let directives = try Self.rendered(try Self.model(nil))
        #expect(directives.named("load_module").map(\.arguments) == [["/modules/ngx_otel_module.so"]])
        let http = try #require(directives.first { $0.name == "http" }?.block)
        let exporter = try #require(http.first { $0.name == "otel_exporter" }?.block)
        #expect(
            exporter.map(\.words) == [
                ["endpoint", "otel.example:4317"], ["interval", "5s"], ["batch_size", "512"], ["batch_count", "4"],
            ]
        )
        #expect(exporter.allSatisfy { DirectiveGrammar.directive(named: $0.name, in: .otelExporter) != nil })
        #expect(http.filter { $0.name == "otel_trace" }.map(\.arguments) == [["on"]])
        #expect(Set(directives.named("otel_trace").map(\.arguments)) == [["on"], ["off"]])
        #expect(directives.named("uninitialized_variable_warn").map(\.arguments) == [["off"]])
        #expect(directives.named("set").contains { $0.arguments.first == "$service_name" })
    }

    @Test(arguments: [0, 1, 2_500, 10_000], [true, false])
    func `a share is traced, or what callers trace`(_ share: Int, _ followsParent: Bool) throws {
        let sampler = TraceSampler(share: share, followsParent: followsParent)
        let directives = try Self.rendered(try Self.model(sampler))
        let split = try #require(directives.named("split_clients").first)
        #expect(split.arguments == ["$otel_trace_id", followsParent ? "$is_sampled" : "$is_traced"])
        let parts = split.block?.map(\.words) ?? []
        let percentage = ["0": nil, "1": "0.01%", "2500": "25.00%", "10000": "100.00%"]["\(share)"] ?? nil
        #expect(parts == (percentage.map { [[$0, "on"]] } ?? []) + [["*", "off"]])
        let map = directives.named("map").first { $0.arguments.last == "$is_traced" }
        #expect(
            map?.block?.map(\.words)
                == (followsParent ? [["default", "off"], ["~^ ", "$is_sampled"], ["~^[^ ]+ 1$", "on"]] : nil)
        )
        #expect(map?.arguments.first == (followsParent ? "$otel_parent_id $otel_parent_sampled" : nil))
    }

    @Test func `a shadow traces nothing`() throws {
        let socket = try SocketAddress.unix(#require(FilePath("/proof/socket")))
        let place = ShadowConfiguration.Place(
            process: ProcessSettings(),
            http: socket,
            https: socket,
            echo: EchoPlaces(http: socket, https: socket, grpc: socket, grpcs: socket)
        )
        let shadow = ShadowConfiguration(of: try Self.model(nil), at: place).configuration
        #expect(try Self.rendered(shadow).named("otel_trace").isEmpty)
    }
}
