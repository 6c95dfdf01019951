import NginxSyntax
import Template

/// The fields that `map` in `declaration.tmpl` can name.
struct MapContext: TemplateContext {
    static let name = "Map"

    var source: Expression
    var entries: [Entry]
    /// Whether it is evaluated anew wherever it is named.
    var isVolatile: Bool

    struct Entry: TemplateContext {
        static let name = "MapEntry"

        var key: MapKey
        var value: Expression

        static let fields: [TemplateField<Self>] = [
            .argument("key") { $0.key },
            .argument("value") { $0.value },
        ]
    }

    init(_ source: Expression, _ entries: [(MapKey, Expression)], isVolatile: Bool = false) {
        self.source = source
        self.isVolatile = isVolatile
        self.entries = entries.map { Entry(key: $0, value: $1) }
    }

    static let fields: [TemplateField<Self>] = [
        .argument("source") { $0.source },
        .flag("isVolatile") { $0.isVolatile },
        .list("entries") { $0.entries },
    ]
}
