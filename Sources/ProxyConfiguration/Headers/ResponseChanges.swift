package import NginxSyntax

/// How redirects and cookies of backends are changed on their way to clients; `nil` where that is as in the outer block.
///
/// nginx drops all that a block inherits of each as soon as it says one, so that each is one value, printed whole.
package struct ResponseChanges: Sendable, Hashable {
    /// In the header `Location`, where it begins so.
    package var redirect: TextReplacement?
    package var cookieDomain: TextReplacement?
    package var cookiePath: TextReplacement?

    package init(
        redirect: TextReplacement? = nil,
        cookieDomain: TextReplacement? = nil,
        cookiePath: TextReplacement? = nil
    ) {
        self.redirect = redirect
        self.cookieDomain = cookieDomain
        self.cookiePath = cookiePath
    }

    /// The changes that differ from an outer block's.
    package func differing(from outer: ResponseChanges) -> ResponseChanges {
        ResponseChanges(
            redirect: redirect == outer.redirect ? nil : redirect,
            cookieDomain: cookieDomain == outer.cookieDomain ? nil : cookieDomain,
            cookiePath: cookiePath == outer.cookiePath ? nil : cookiePath
        )
    }
}

/// The replacement of a text of a backend.
package enum TextReplacement: Sendable, Hashable {
    /// The text stays as it is.
    case none
    /// A text that begins with `~` is a regular expression.
    case replacing(Expression, with: Expression)

    /// As nginx's directives take it.
    package var arguments: [Expression] {
        switch self {
        case .none: [Expression(known: "off")]
        case .replacing(let old, let new): [old, new]
        }
    }
}
