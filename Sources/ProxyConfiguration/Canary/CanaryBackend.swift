package import Diagnostics
package import NginxSyntax

/// An alternative to the backend of a location, and which requests are passed to it.
package struct CanaryBackend: Sendable, Hashable {
    package var backend: Backend
    /// The Ingress that brings it in, which is another than that of the location.
    package var origin: ObjectReference?
    package var rules: CanaryRules
    /// The name of the backend in the access log; `nil` where the upstream's own name tells.
    package var backendName: BackendName?

    package init(
        _ backend: Backend,
        origin: ObjectReference? = nil,
        rules: CanaryRules,
        backendName: BackendName? = nil
    ) {
        self.backend = backend
        self.origin = origin
        self.rules = rules
        self.backendName = backendName
    }
}

/// Which requests a canary takes: those of clients that are kept there, else those that a header names, else those that a
/// cookie does, else a share of them all.
package struct CanaryRules: Sendable, Hashable {
    /// The cookie by which clients are kept where they are; `nil` where none are.
    package var session: Session?
    package var header: Header?
    package var cookie: CookieName?
    package var share: Share

    package init(header: Header? = nil, cookie: CookieName? = nil, share: Share = .none) {
        self.header = header
        self.cookie = cookie
        self.share = share
    }

    /// A cookie with the mark of one of the two backends, which decides before all else.
    package struct Session: Sendable, Hashable {
        package var cookie: CookieName
        /// Whether clients are kept at the canary as well, and not only at the other backend.
        package var keepsAtCanary: Bool

        package init(_ cookie: CookieName, keepsAtCanary: Bool) {
            (self.cookie, self.keepsAtCanary) = (cookie, keepsAtCanary)
        }
    }

    /// A header that decides where its value says something, and leaves the rest to the rules that follow.
    package struct Header: Sendable, Hashable {
        package var name: HeaderName
        package var rule: Rule

        package init(_ name: HeaderName, _ rule: Rule) {
            (self.name, self.rule) = (name, rule)
        }

        package enum Rule: Sendable, Hashable {
            /// `always` is passed to the canary, and `never` is not.
            case alwaysOrNever
            /// Just this value is passed to the canary.
            case value(Text)
            /// A value in which the expression matches is passed to the canary.
            case expression(RegularExpression)
            /// No value is passed to the canary, whatever the rules say that follow.
            case never
        }
    }

    /// A share of all requests, in hundredths of a percent.
    package struct Share: Sendable, Hashable {
        package let hundredths: Int

        /// Returns `nil` outside of 0 to 10,000.
        package init?(hundredths: Int) {
            guard (0...10_000).contains(hundredths) else { return nil }
            self.hundredths = hundredths
        }

        private init(known hundredths: Int) { self.hundredths = hundredths }

        package static let none = Share(known: 0)
        package static let all = Share(known: 10_000)
    }

    /// Whether no request can be passed to the canary but those of clients that are kept there.
    package var takeNothing: Bool { share == .none && cookie == nil && (header.map { $0.rule == .never } ?? true) }
}

/// The name of a cookie: letters, digits, and `- . _ ~ / :`.
package struct CookieName: Sendable, Hashable {
    package let value: String

    /// Returns `nil` for an empty text, any other character, or more than 256 bytes.
    package init?(_ value: String) {
        guard (1...256).contains(value.utf8.count), value.utf8.allSatisfy(Self.isNameByte) else { return nil }
        self.value = value
    }

    /// A name of our own.
    ///
    /// - Precondition: The literal is a name.
    package init(known literal: StaticString) {
        guard let name = CookieName("\(literal)") else { preconditionFailure("'\(literal)' is no name of a cookie") }
        self = name
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "-")...UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
