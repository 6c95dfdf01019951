import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration

/// What a snippet of nginx's configuration asks for, in Postern's own values.
struct Snippet: Sendable, Hashable {
    var responseHeaders = ResponseHeaders()
    var requestHeaders = RequestHeaders()
    var script = RequestScript()
    /// Which clients are served, in the order of the text.
    var access: [AccessRule] = []
    /// The directives for which there are settings.
    var settings: [SnippetSetting] = []
    /// The other directives of one value.
    var directives = DirectiveSettings<LocationBlock>()
    var isUnlogged = false
    /// The variables that hold parts of the answer of the service that is asked.
    var answers: [SnippetAnswer] = []
    /// The locations that it adds to a host.
    var locations: [SnippetLocation] = []
    /// The locations within those of paths, which are steps of the script.
    var nested: [NestedLocation] = []
    /// Variables for other snippets, and how these name them.
    var maps: [VariableMap] = []
    var declared = DeclaredVariables()
    /// The ports of TCP and UDP that it is about; `nil` where it is about none.
    var streams: ByReference<StreamSnippet>?
    /// What of it has no effect, in the order of the text.
    var remarks: [SnippetRemark] = []

    /// Whether something of it that may guard access is not taken.
    var isClosed: Bool { remarks.contains { $0.kind == .closes } }

    /// Whether somebody may be kept away by it.
    var mayRefuse: Bool { !access.isEmpty || !script.steps.isEmpty || !locations.isEmpty || isClosed }

    /// Both, the other one behind this one.
    func followed(by other: Snippet) -> Snippet {
        var result = self
        result.responseHeaders = responseHeaders.with(other.responseHeaders)
        result.requestHeaders = requestHeaders.overridden(by: other.requestHeaders)
        result.script = script.followed(by: other.script)
        result.access += other.access
        result.directives = directives.adding(other.directives)
        result.isUnlogged = isUnlogged || other.isUnlogged
        result.answers = answers + other.answers
        result.locations += other.locations.filter { location in !locations.contains { $0.match == location.match } }
        return result
    }
}

/// A variable that `auth_request_set` sets.
struct SnippetAnswer: Sendable, Hashable {
    /// As the snippet has it, without the `$`.
    var name: String
    /// In the text, 1-based.
    var line: Int
    var answer: RequestScript.Answer
}

/// A directive of a snippet that a setting stands for.
struct SnippetSetting: Sendable, Hashable {
    var directive: String
    var line: Int
    /// The name of the setting.
    var name: String
    /// As the setting takes it.
    var value: String
}

/// Something of a snippet that has no effect.
struct SnippetRemark: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// What it is set for is closed, because the directive may guard it.
        case closes
        /// The ports of TCP and UDP that it would open stay closed.
        case closesPorts
        case leftOut
        /// It would change nothing.
        case needless
    }

    var directive: String
    /// In the text, 1-based.
    var line: Int
    var kind: Kind
    /// Why, as the end of a sentence.
    var reason: String
    /// What to write in its place.
    var advice: String?
}

extension SnippetRemark {
    init(_ directive: Directive, _ kind: Kind, _ refusal: SnippetRefusal) {
        self.init(
            directive: directive.name.excerpt,
            line: directive.line,
            kind: kind,
            reason: refusal.reason,
            advice: refusal.advice
        )
    }
}

/// Why a directive of a snippet is not taken.
struct SnippetRefusal: Error, Hashable {
    /// The end of a sentence about the directive.
    var reason: String
    /// What to write in its place.
    var advice: String?
    /// Whether it is not taken because it changes nothing.
    var isNeedless = false

    init(_ reason: String, advice: String? = nil) { (self.reason, self.advice) = (reason, advice) }

    init(_ error: ValueError, of text: String) {
        self.init("'\(text.excerpt)' \(error.reason)")
    }

    static func needless(_ reason: String) -> SnippetRefusal {
        var refusal = SnippetRefusal(reason)
        refusal.isNeedless = true
        return refusal
    }
}
