/// Settings that need modules which stock nginx lacks.
enum Modules {
    static let settings: [Setting] = [
        .unsupported(
            "enable-opentelemetry",
            because: .openTelemetry,
            from: .everywhere,
            idle: "false",
            "Traces requests by OpenTelemetry."
        ),
        .unsupported("lua-shared-dicts", because: .lua, from: .global, "Sets the sizes of Lua's memory."),
        .unsupported(
            "opentelemetry-config",
            because: .openTelemetry,
            from: .global,
            "Names OpenTelemetry's configuration."
        ),
        .unsupported(
            "opentelemetry-operation-name",
            because: .openTelemetry,
            from: .everywhere,
            "Names the spans of OpenTelemetry."
        ).risk(.medium),
        .unsupported(
            "opentelemetry-trust-incoming-span",
            because: .openTelemetry,
            from: .everywhere,
            "Continues the traces that clients begin."
        ),
        .unsupported(
            "otel-max-export-batch-size",
            because: .openTelemetry,
            from: .global,
            "Limits how many spans are sent at a time."
        ),
        .unsupported(
            "otel-max-queuesize",
            because: .openTelemetry,
            from: .global,
            "Limits how many spans wait to be sent."
        ),
        .unsupported("otel-sampler", because: .openTelemetry, from: .global, "Chooses which requests are traced."),
        .unsupported(
            "otel-sampler-parent-based",
            because: .openTelemetry,
            from: .global,
            "Traces what the caller traces."
        ),
        .unsupported(
            "otel-sampler-ratio",
            because: .openTelemetry,
            from: .global,
            "Sets the share of requests that are traced."
        ),
        .unsupported(
            "otel-schedule-delay-millis",
            because: .openTelemetry,
            from: .global,
            "Sets how often spans are sent."
        ),
        .unsupported("otel-service-name", because: .openTelemetry, from: .global, "Names the service in traces."),
        .unsupported("otlp-collector-host", because: .openTelemetry, from: .global, "Names the collector of traces."),
        .unsupported(
            "otlp-collector-port",
            because: .openTelemetry,
            from: .global,
            "Sets the port of the collector of traces."
        ),
    ]
}
