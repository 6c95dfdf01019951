import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `split` in `declaration.tmpl` can name.
struct SplitContext: TemplateContext {
    static let name = "Split"

    /// The text by whose hash a value is chosen.
    var source: Expression
    var parts: [Part]
    /// The value of all that no part takes.
    var rest: Identifier

    struct Part: TemplateContext {
        static let name = "SplitPart"

        /// Such as `12.50`.
        var percentage: Identifier
        var value: Identifier

        static let fields: [TemplateField<Self>] = [
            .argument("percentage") { $0.percentage },
            .argument("value") { $0.value },
        ]
    }

    /// Splits requests: 1 for those of a share, and 0 for others.
    init(_ share: CanaryRules.Share) {
        source = Expression(VariableName(known: "request_id"))
        parts = [Part(percentage: Self.percentage(share.hundredths), value: Identifier(count: 1))]
        rest = Identifier(count: 0)
    }

    /// Splits traces: `on` for those of a share, in ten-thousandths, and `off` for others.
    init(tracing share: Int) {
        source = Expression(VariableName(known: "otel_trace_id"))
        // nginx takes no part of nothing.
        parts = share == 0 ? [] : [Part(percentage: Self.percentage(share), value: Identifier(known: "on"))]
        rest = Identifier(known: "off")
    }

    /// Splits texts evenly among numbers from 0.
    init(_ source: Expression, among count: Int) {
        let count = min(max(1, count), 10_000)
        let (least, others) = 10_000.quotientAndRemainder(dividingBy: count)
        self.source = source
        parts = (0..<count - 1).map { number in
            let hundredths = least + (number < others ? 1 : 0)
            return Part(percentage: Self.percentage(hundredths), value: Identifier(count: number))
        }
        rest = Identifier(count: count - 1)
    }

    private static func percentage(_ hundredths: Int) -> Identifier {
        let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
        return Identifier("\(whole).\(rest < 10 ? "0" : "")\(rest)") ?? Identifier(count: whole)
    }

    static let fields: [TemplateField<Self>] = [
        .argument("source") { $0.source },
        .list("parts") { $0.parts },
        .argument("rest") { $0.rest },
    ]
}
