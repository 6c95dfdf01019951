import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `script.tmpl` can name: one step by which nginx decides about a request.
struct ScriptStepContext: TemplateContext {
    static let name = "ScriptStep"

    var step: ScriptStep

    static let fields: [TemplateField<Self>] = [.choice("step") { $0.step }]
}

/// One step of a script, for `{% switch step %}` in `script.tmpl`.
enum ScriptStep: TemplateChoice, Hashable {
    case act(ScriptActContext)
    case isSet(ScriptTestContext)
    case equals(ScriptTestContext)
    case differs(ScriptTestContext)
    case matches(ScriptTestContext)
    case matchesAnyCase(ScriptTestContext)
    case matchesNot(ScriptTestContext)
    case matchesNotAnyCase(ScriptTestContext)

    enum Case: String, CaseIterable {
        case act, isSet, equals, differs, matches, matchesAnyCase, matchesNot, matchesNotAnyCase
    }

    static let name = "Step"

    init(_ step: RequestStep, _ client: ClientVariables) {
        switch step {
        case .act(let act): self = .act(ScriptActContext(act: ScriptAct(act, client)))
        case .test(let test, let acts):
            let context = ScriptTestContext(test, acts, client)
            switch test.comparison {
            case .isSet: self = .isSet(context)
            case .equals: self = .equals(context)
            case .differs: self = .differs(context)
            case .matches(_, let ignoresCase): self = ignoresCase ? .matchesAnyCase(context) : .matches(context)
            case .matchesNot(_, let ignoresCase):
                self = ignoresCase ? .matchesNotAnyCase(context) : .matchesNot(context)
            }
        }
    }

    var templateCase: Case {
        switch self {
        case .act: .act
        case .isSet: .isSet
        case .equals: .equals
        case .differs: .differs
        case .matches: .matches
        case .matchesAnyCase: .matchesAnyCase
        case .matchesNot: .matchesNot
        case .matchesNotAnyCase: .matchesNotAnyCase
        }
    }

    private var test: ScriptTestContext? {
        switch self {
        case .act: nil
        case .isSet(let test), .equals(let test), .differs(let test), .matches(let test), .matchesAnyCase(let test),
            .matchesNot(let test), .matchesNotAnyCase(let test):
            test
        }
    }

    static func payload(of templateCase: Case) -> TemplatePayload<ScriptStep> {
        switch templateCase {
        case .act: .record { if case .act(let act) = $0 { act } else { nil } }
        default: .record { $0.templateCase == templateCase ? $0.test : nil }
        }
    }
}

/// The fields that `test` in `script.tmpl` can name: a condition, and what is done where it is met.
struct ScriptTestContext: TemplateContext {
    static let name = "ScriptTest"

    var variable: VariableName
    /// The text that the variable's is compared with.
    var text: Expression
    var pattern: RegularExpression
    var acts: [ScriptActContext]

    init(_ test: RequestTest, _ acts: [RequestAct], _ client: ClientVariables) {
        variable = test.variable == .scheme ? client.scheme : client.connected(test.variable)
        text = test.comparison.expression.map { client.asked($0) } ?? .empty
        pattern =
            switch test.comparison {
            case .matches(let pattern, _), .matchesNot(let pattern, _): pattern
            case .isSet, .equals, .differs: Self.anything
            }
        self.acts = acts.map { ScriptActContext(act: ScriptAct($0, client)) }
    }

    private static let anything = RegularExpression(known: "^")

    static let fields: [TemplateField<Self>] = [
        .argument("variable") { Identifier($0.variable) },
        .argument("text") { $0.text },
        .argument("pattern") { $0.pattern },
        .list("acts") { $0.acts },
    ]
}

/// The fields that `act.tmpl` can name.
struct ScriptActContext: TemplateContext {
    static let name = "ScriptAct"

    var act: ScriptAct

    static let fields: [TemplateField<Self>] = [.choice("act") { $0.act }]
}

/// What is done about a request, for `{% switch act %}` in `act.tmpl`.
enum ScriptAct: TemplateChoice, Hashable {
    case set(ScriptSettingContext)
    case status(StatusCode)
    case answer(ScriptAnswerContext)
    case rewrite(ScriptRewriteContext)
    case stop

    enum Case: String, CaseIterable { case set, status, answer, rewrite, stop }

    static let name = "Act"

    init(_ act: RequestAct, _ client: ClientVariables) {
        switch act {
        case .set(let variable, let value):
            self = .set(ScriptSettingContext(variable: variable, value: client.asked(value)))
        case .answer(let status, nil): self = .status(status)
        case .answer(let status, let text?):
            let asked = TextLines(text.lines.map { client.asked($0) }) ?? text
            self = .answer(ScriptAnswerContext(status: status, text: asked))
        case .redirect(let status, to: let url):
            self = .answer(ScriptAnswerContext(status: status, text: TextLines(client.asked(url))))
        case .rewrite(var rewrite):
            rewrite.target = client.asked(rewrite.target)
            self = .rewrite(ScriptRewriteContext(rewrite: rewrite))
        case .stop: self = .stop
        }
    }

    var templateCase: Case {
        switch self {
        case .set: .set
        case .status: .status
        case .answer: .answer
        case .rewrite: .rewrite
        case .stop: .stop
        }
    }

    static func payload(of templateCase: Case) -> TemplatePayload<ScriptAct> {
        switch templateCase {
        case .set: .record { if case .set(let setting) = $0 { setting } else { nil } }
        case .status: .argument { if case .status(let code) = $0 { code } else { nil } }
        case .answer: .record { if case .answer(let answer) = $0 { answer } else { nil } }
        case .rewrite: .record { if case .rewrite(let rewrite) = $0 { rewrite } else { nil } }
        case .stop: .none
        }
    }
}

/// The fields that `setting` in `act.tmpl` can name.
struct ScriptSettingContext: TemplateContext {
    static let name = "ScriptSetting"

    var variable: VariableName
    var value: Expression

    static let fields: [TemplateField<Self>] = [
        .argument("variable") { Identifier($0.variable) },
        .argument("value") { $0.value },
    ]
}

/// The fields that `answer` in `act.tmpl` can name: a text, or the URL of a redirect.
struct ScriptAnswerContext: TemplateContext {
    static let name = "ScriptAnswer"

    var status: StatusCode
    var text: TextLines

    static let fields: [TemplateField<Self>] = [
        .argument("status") { $0.status },
        .argument("text") { $0.text },
    ]
}

/// The fields that `change` in `act.tmpl` can name.
struct ScriptRewriteContext: TemplateContext {
    static let name = "ScriptRewrite"

    var rewrite: PathRewrite

    static let fields: [TemplateField<Self>] = [
        .argument("pattern") { $0.rewrite.pattern },
        .argument("target") { $0.rewrite.target },
        .optional("flag") { $0.rewrite.then == .next ? nil : Identifier($0.rewrite.then.rawValue) },
    ]
}

/// The fields that `rule` in `guards.tmpl` and `stream-server.tmpl` can name: whether clients of a network are served.
struct AccessRuleContext: TemplateContext {
    static let name = "AccessRule"

    var rule: AccessRule

    static let fields: [TemplateField<Self>] = [
        .flag("isAllowed") { $0.rule.isAllowed },
        .argument("network") { $0.rule.network },
    ]
}
