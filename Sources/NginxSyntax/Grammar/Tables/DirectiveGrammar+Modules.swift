extension DirectiveGrammar {
    /// The directives of modules that are none of nginx's own.
    static let modules: [DirectiveSyntax] = [
        table(
            module: "http_brotli_filter_module",
            [
                Row("brotli", .httpToIf, .one),
                Row("brotli_comp_level", .httpToLocation, .one),
                Row("brotli_min_length", .httpToLocation, .one),
                Row("brotli_types", .httpToLocation, .oneOrMore, .literal),
            ]
        ),
        table(
            module: "http_geoip2_module",
            [
                Row("geoip2", [.http], .one, .literal, opens: .geoip2),
                // The word of its body, beside variables.
                Row("auto_reload", [.geoip2], .one),
            ]
        ),
        table(
            module: "http_modsecurity_module",
            [
                Row("modsecurity", .httpToLocation, .one),
                Row("modsecurity_rules", .httpToLocation, .one, .literal),
                Row("modsecurity_rules_file", .httpToLocation, .one, .literal),
                Row("modsecurity_rules_remote", .httpToLocation, .two, .literal),
                Row("modsecurity_transaction_id", .httpToLocation, .one, .evaluated),
            ]
        ),
        table(
            module: "otel_module",
            [
                Row("otel_exporter", [.http], .none, opens: .otelExporter),
                Row("endpoint", [.otelExporter], .one, .literal),
                Row("interval", [.otelExporter], .one),
                Row("batch_size", [.otelExporter], .one),
                Row("batch_count", [.otelExporter], .one),
                Row("trusted_certificate", [.otelExporter], .one, .literal),
                Row("header", [.otelExporter], .two, .literal),
                Row("otel_service_name", [.http], .one, .literal),
                Row("otel_resource_attr", [.http], .two, .literal),
                Row("otel_trace", .httpToLocation, .one, .evaluated),
                Row("otel_trace_context", .httpToLocation, .one),
                Row("otel_span_name", .httpToLocation, .one, .evaluated),
                Row("otel_span_attr", .httpToLocation, .two, .literal, .evaluated),
            ]
        ),
    ].flatMap(\.self)
}
