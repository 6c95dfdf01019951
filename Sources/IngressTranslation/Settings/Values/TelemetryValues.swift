import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration

/// How requests are traced.
struct TelemetryValues: Sendable, Hashable {
    var isOn = false
    var continuesTraces = true
    var spanName: Expression?
    /// What the global ConfigMap says for all.
    var collector = ByReference(TraceCollector())
    /// Whether nginx has the module.
    var isAvailable = false

    private var isPossible: Bool { isAvailable && collector.value.host != nil }

    /// `nil` where nothing is sent to anybody.
    var exporter: TraceExporter? {
        guard isPossible, var exporter = collector.value.exporter else { return nil }
        exporter.variables = LogVariable.allCases.filter { spanName?.parts.contains(.variable($0.name)) ?? false }
        return exporter
    }

    func add(to settings: inout DirectiveSettings<LocationBlock>) {
        guard isPossible else { return }
        let traced = collector.value.sampler.map { _ in Expression(TraceSampler.variable) } ?? Expression(known: "on")
        settings.set(SettingDirective("otel_trace"), to: isOn ? traced : Expression(known: "off"))
        let context = continuesTraces ? Identifier(known: "propagate") : Identifier(known: "inject")
        settings.set(SettingDirective("otel_trace_context"), to: isOn ? context : Identifier(known: "ignore"))
        if let spanName { settings.set(SettingDirective("otel_span_name"), to: spanName) }
    }

    func findings(of source: SettingSource) -> [Diagnostic] {
        let name = "enable-opentelemetry"
        guard isOn, isAvailable, collector.value.host == nil, source.value(name) != nil else { return [] }
        return [source.notRead(name, "no 'otlp-collector-host' of the global ConfigMap says where traces are sent")]
    }
}

/// Where traces are sent, and which.
struct TraceCollector: Sendable, Hashable {
    var host: Text?
    var port = PortNumber.traceCollector
    var service = Text(known: "nginx")
    var queueSize = Number(2_048)
    var batchSize = Number(512)
    var interval: TimeSpan = .init(seconds: UInt16(5))
    var method = Method.always
    var ratio = 100
    var followsParent = true

    enum Method: String, Sendable, CaseIterable {
        case always = "AlwaysOn"
        case never = "AlwaysOff"
        case ratio = "TraceIdRatioBased"
    }

    /// `nil` where all requests are traced.
    var sampler: TraceSampler? {
        let share =
            switch method {
            case .always: 10_000
            case .never: 0
            case .ratio: ratio
            }
        return share == 10_000 && !followsParent ? nil : TraceSampler(share: share, followsParent: followsParent)
    }

    var exporter: TraceExporter? {
        guard let host,
            let endpoint = Text("\(host.value.contains(":") ? "[\(host.value)]" : host.value):\(port.value)")
        else {
            return nil
        }
        let count = max(1, queueSize.value / max(1, batchSize.value))
        return TraceExporter(
            endpoint: endpoint,
            interval: interval,
            batchSize: batchSize,
            batchCount: Number(count),
            sampler: sampler
        )
    }
}
