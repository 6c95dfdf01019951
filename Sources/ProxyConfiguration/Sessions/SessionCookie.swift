/// The cookie by which the later requests of a client come to the same endpoint, as clients get it.
///
/// It holds a text by which nginx finds the endpoint, and the mark of its Service.
package struct SessionCookie: Sendable, Hashable {
    /// That of the location's backends.
    package var rule: SessionRule
    /// `nil` for the path of the location.
    package var path: CookieAttribute?
    package var domain: CookieAttribute?
    /// After how many seconds a client forgets it; `nil` where it does so when it ends.
    package var maxAge: Int?
    package var sameSite: SameSite?
    /// Whether `SameSite=None` is left out for browsers that take it for `Strict`.
    package var sparesOldBrowsers = false
    /// Whether clients send it by HTTPS alone, and not only if they got it so.
    package var isSecure = false

    package enum SameSite: String, Sendable, Hashable, CaseIterable {
        case none = "None"
        case lax = "Lax"
        case strict = "Strict"
    }

    package init(_ rule: SessionRule) { self.rule = rule }

    package var name: CookieName { rule.cookie }
}

/// A value of an attribute of a cookie: no text of it begins another attribute.
package struct CookieAttribute: Sendable, Hashable {
    package let value: String

    /// Returns `nil` for an empty text, spaces, `;`, `,`, control characters, all but ASCII, and more than 256 bytes.
    package init?(_ value: String) {
        let isPlain = value.utf8.allSatisfy { byte in
            byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: ";") && byte != UInt8(ascii: ",")
        }
        guard (1...256).contains(value.utf8.count), isPlain else { return nil }
        self.value = value
    }

    private init(known value: String) { self.value = value }

    package static let root = CookieAttribute(known: "/")
}
