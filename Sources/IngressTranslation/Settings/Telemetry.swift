import Incremental
import NginxSyntax

/// How requests are traced.
enum Telemetry {
    static let settings: [Setting] = ofIngresses + collector + sampling

    private static let difference =
        "nginx has to have its own module, ngx_otel_module.so, in place of that of OpenTelemetry for C++; without it a finding says "
        + "so, and nothing is traced."

    private static let ofIngresses: [Setting] = [
        .value(
            "enable-opentelemetry",
            .bool,
            \.telemetry.isOn,
            default: "false",
            scope: .location,
            from: .everywhere,
            "Traces requests by OpenTelemetry, where the global ConfigMap names a collector by 'otlp-collector-host'."
        ).needing("otel_trace").differs(difference),
        .value(
            "opentelemetry-operation-name",
            .plainSpanName,
            \.telemetry.spanName,
            scope: .location,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("spans have the name that they have everywhere"),
            "Names the spans of requests."
        ).needing("otel_span_name").risk(.medium).identical,
        .value(
            "opentelemetry-operation-name",
            .spanName,
            \.telemetry.spanName,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("a span has the name of nginx's location"),
            "Names the spans of requests: a text with variables, among them $namespace, $ingress_name and $service_name."
        ).needing("otel_span_name").differs("Only the variables of a fixed list are taken."),
        .value(
            "opentelemetry-trust-incoming-span",
            .bool,
            \.telemetry.continuesTraces,
            default: "true",
            scope: .location,
            from: .everywhere,
            "Continues the traces that clients have begun."
        ).needing("otel_trace_context").identical,
    ]

    private static let collector: [Setting] = [
        .unsupported(
            "opentelemetry-config",
            because: .telemetryFile,
            from: .global,
            "Names OpenTelemetry's configuration."
        ),
        .value(
            "otel-max-export-batch-size",
            .batch,
            \.telemetry.collector.value.batchSize,
            default: "512",
            scope: .http,
            from: .global,
            "Limits how many spans are sent at a time."
        ).needing("otel_exporter").identical,
        .value(
            "otel-max-queuesize",
            .batch,
            \.telemetry.collector.value.queueSize,
            default: "2048",
            scope: .http,
            from: .global,
            "Limits how many spans wait to be sent."
        ).needing("otel_exporter").differs("So many whole batches wait as it has room for, and one at least."),
        .value(
            "otel-schedule-delay-millis",
            .milliseconds,
            \.telemetry.collector.value.interval,
            default: "5000",
            scope: .http,
            from: .global,
            "Sets how often spans are sent, in milliseconds."
        ).needing("otel_exporter").identical,
        .value(
            "otel-service-name",
            .tracedService,
            \.telemetry.collector.value.service,
            default: "nginx",
            scope: .http,
            from: .global,
            "Names the service in traces."
        ).needing("otel_service_name").identical,
        .value(
            "otlp-collector-host",
            .collectorHost,
            \.telemetry.collector.value.host,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("nothing is traced"),
            "Names the host of the collector that gets traces, by OTLP over gRPC."
        ).needing("otel_exporter").identical,
        .value(
            "otlp-collector-port",
            .port,
            \.telemetry.collector.value.port,
            default: "4317",
            scope: .http,
            from: .global,
            "Sets the port of the collector."
        ).needing("otel_exporter").identical,
    ]

    private static let sampling: [Setting] = [
        .value(
            "otel-sampler",
            .samplingMethod,
            \.telemetry.collector.value.method,
            default: TraceCollector.Method.always.rawValue,
            scope: .http,
            from: .global,
            "Chooses which requests are traced: AlwaysOn, AlwaysOff, or TraceIdRatioBased for a share of them."
        ).needing("otel_trace").identical,
        .value(
            "otel-sampler-parent-based",
            .bool,
            \.telemetry.collector.value.followsParent,
            default: "true",
            scope: .http,
            from: .global,
            "Has a caller that traces its request, or does not, decide for nginx too."
        ).needing("otel_trace").identical,
        .value(
            "otel-sampler-ratio",
            .ratio,
            \.telemetry.collector.value.ratio,
            default: "0.01",
            scope: .http,
            from: .global,
            "Sets the share of requests that are traced with the sampler TraceIdRatioBased, from 0 to 1."
        ).needing("otel_trace").differs("It counts in steps of a hundredth of a percent."),
    ]
}
