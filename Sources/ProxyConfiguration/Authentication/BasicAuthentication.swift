package import NginxSyntax

/// A check of the name and the password that a request brings, before it is passed on.
///
/// Whoever brings none, or another one, is answered with 401. Backends see nothing of what was brought.
package struct BasicAuthentication: Sendable, Hashable {
    /// The realm that clients see where they are asked for a password.
    package var realm: Realm
    /// The users with hashes of their passwords.
    package var users: PrivateFile.Name

    package init(realm: Realm = .unnamed, users: PrivateFile.Name) {
        (self.realm, self.users) = (realm, users)
    }
}

/// The part of a site that a password is for, as browsers show it: letters, digits, spaces, and `- . _ ~ / :`.
package struct Realm: Sendable, Hashable {
    package let text: Expression

    /// Returns `nil` for any other character, for more than 256 bytes, and for `off`, which has nginx ask for nothing.
    package init?(_ text: String) {
        guard text != "off", text.utf8.count <= 256, text.utf8.allSatisfy(Self.isRealmByte),
            let expression = Expression(literal: text)
        else { return nil }
        self.text = expression
    }

    private init() { text = .empty }

    package static let unnamed = Realm()

    private static func isRealmByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "-")...UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: " "):
            true
        default: false
        }
    }
}
