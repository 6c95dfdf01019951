import NginxSyntax
import ProxyConfiguration

extension TraceSampler {
    private static let ownDecision = VariableName(known: "is_sampled")

    /// The declarations of ``TraceSampler/variable``.
    var declarations: [SharedDeclaration] {
        let share = SharedDeclaration(
            .split(SplitContext(tracing: self.share)),
            of: .telemetry,
            as: followsParent ? Self.ownDecision : Self.variable,
            comment: CommentText(known: "The share of requests that are traced.")
        )
        guard followsParent else { return [share] }
        let parent = Expression(parts: [
            .variable(VariableName(known: "otel_parent_id")), .literal(" "),
            .variable(VariableName(known: "otel_parent_sampled")),
        ])
        guard let parent, let begun = try? RegularExpression("^ "), let sampled = try? RegularExpression("^[^ ]+ 1$")
        else {
            return [share]
        }
        let decision = SharedDeclaration(
            .map(
                MapContext(
                    parent,
                    [
                        (.fallback, Expression(known: "off")),
                        (.expression(begun, ignoresCase: false), Expression(Self.ownDecision)),
                        (.expression(sampled, ignoresCase: false), Expression(known: "on")),
                    ]
                )
            ),
            of: .telemetry,
            as: Self.variable,
            comment: CommentText(known: "A request is traced that its caller traces; nginx decides where it has none.")
        )
        return [share, decision]
    }
}
