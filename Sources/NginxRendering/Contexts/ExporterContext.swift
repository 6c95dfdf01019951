import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `exporter.tmpl` can name.
struct ExporterContext: TemplateContext {
    static let name = "Exporter"

    var exporter: TraceExporter
    /// Whether nobody else says that variables may be without a value.
    var allowsUnset: Bool

    init?(_ settings: HTTPSettings) {
        guard let exporter = settings.tracing else { return nil }
        self.exporter = exporter
        allowsUnset = !exporter.variables.isEmpty && settings.log.format?.variables.isEmpty ?? true
    }

    static let fields: [TemplateField<Self>] = [
        .flag("allowsUnset") { $0.allowsUnset },
        .argument("endpoint") { $0.exporter.endpoint },
        .argument("interval") { $0.exporter.interval },
        .argument("batchSize") { $0.exporter.batchSize },
        .argument("batchCount") { $0.exporter.batchCount },
    ]
}
