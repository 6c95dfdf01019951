import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `request` in templates can name: one header that backends are told.
struct RequestHeaderContext: TemplateContext {
    static let name = "RequestHeader"

    var header: RequestHeader

    static let fields: [TemplateField<Self>] = [
        .argument("name") { $0.header.name },
        .argument("value") { $0.header.value },
    ]
}

/// The fields that `parameter` in templates can name: one thing that backends are told by FastCGI.
struct FastCGIParameterContext: TemplateContext {
    static let name = "FastCGIParameter"

    var parameter: FastCGIParameter

    static let fields: [TemplateField<Self>] = [
        .argument("name") { $0.parameter.name },
        .argument("value") { $0.parameter.value },
        .flag("isLeftOutIfEmpty") { $0.parameter.isLeftOutIfEmpty },
    ]
}

extension FastCGIParameters {
    var contexts: [FastCGIParameterContext] { parameters.map(FastCGIParameterContext.init) }
}

/// The fields that `response-headers.tmpl` can name: all that a block says of response headers; nothing where that is
/// what it inherits.
struct ResponseHeadersContext: TemplateContext {
    static let name = "ResponseHeaders"

    var headers: ResponseHeaders?
    /// Whether the block's responses are those of proxy, which alone hides by these.
    var isHiding = true

    static let fields: [TemplateField<Self>] = [
        .list("hidden") { $0.isHiding ? $0.headers?.hidden ?? [] : [] },
        .list("added") { $0.headers?.added.map(ResponseHeaderContext.init) ?? [] },
    ]
}

/// The fields that `header` in `response-headers.tmpl` can name.
struct ResponseHeaderContext: TemplateContext {
    static let name = "ResponseHeader"

    var header: ResponseHeader

    static let fields: [TemplateField<Self>] = [
        .argument("name") { $0.header.name },
        .argument("value") { $0.header.value },
        .flag("isAlways") { $0.header.isAlways },
    ]
}

extension RequestHeaders {
    var contexts: [RequestHeaderContext] { headers.map(RequestHeaderContext.init) }
}

/// The fields that `response-changes.tmpl` can name.
struct ResponseChangesContext: TemplateContext {
    static let name = "ResponseChanges"

    var changes: ResponseChanges

    static let fields: [TemplateField<Self>] = [
        .optional("redirect") { $0.changes.redirect.map(TextReplacementContext.init) },
        .optional("cookieDomain") { $0.changes.cookieDomain.map(TextReplacementContext.init) },
        .optional("cookiePath") { $0.changes.cookiePath.map(TextReplacementContext.init) },
    ]
}

/// The fields that `change` in `response-changes.tmpl` can name.
struct TextReplacementContext: TemplateContext {
    static let name = "TextReplacement"

    /// The text that is replaced; `off` for none.
    var old: Expression
    var new: Expression?

    init(_ replacement: TextReplacement) {
        switch replacement {
        case .none: old = Expression(known: "off")
        case .replacing(let old, let new): (self.old, self.new) = (old, new)
        }
    }

    static let fields: [TemplateField<Self>] = [
        .argument("old") { $0.old },
        .optional("new") { $0.new },
    ]
}
