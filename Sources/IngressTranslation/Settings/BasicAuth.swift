import ProxyConfiguration

/// The names and passwords that are asked for.
struct BasicAuthValues: Sendable, Hashable {
    var scheme = Guarding<Scheme>.unset
    /// The name of a Secret.
    var secret: String?
    var form = Guarding<PasswordFile.Form>.set(.file)
    var realm: Realm?

    enum Scheme: String, Sendable, Hashable {
        case basic
        /// Stock nginx cannot check it.
        case digest
    }

    /// Whether something of it cannot be honoured, so that nobody may be served.
    var isClosed: Bool { scheme == .invalid || form == .invalid }

    /// Whether it keeps away clients whom other settings let in.
    func guardsOtherwise(than other: BasicAuthValues) -> Bool {
        scheme != .unset && (scheme, secret, form) != (other.scheme, other.secret, other.form)
    }
}

enum BasicAuth {
    static let settings: [Setting] = [
        .value(
            "auth-realm",
            .realm,
            \.basicAuth.realm,
            scope: .location,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("the realm has no name"),
            "Names what browsers ask for a password of, where 'auth-type' is set."
        ).risk(.medium).differs("It holds letters, digits, spaces and -._~/: alone."),
        .value(
            "auth-secret",
            .userSecret,
            \.basicAuth.secret,
            scope: .location,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("nobody may enter"),
            "Names the Secret, of the Ingress's namespace, with the users and the hashes of their passwords. Without one that "
                + "nginx can check passwords by, 'auth-type' has requests answer 503."
        ).guardingClients.risk(.medium).differs(
            "The Secret is of the Ingress's namespace; without a good one requests answer 503."
        ),
        .value(
            "auth-secret-type",
            .guarding(.passwordForm, isUnsetByEmpty: false),
            \.basicAuth.form,
            default: "auth-file",
            scope: .location,
            from: .annotation,
            ifInvalid: .closes(closed) { $0.basicAuth.form = .invalid },
            "Tells whether the Secret holds a password file, as htpasswd makes it, in its key 'auth', or by 'auth-map' a hash "
                + "in a key for each user."
        ).identical,
        .value(
            "auth-type",
            .guarding(.authenticationScheme, isUnsetByEmpty: false),
            \.basicAuth.scheme,
            default: nil,
            scope: .location,
            from: .annotation,
            ifInvalid: .closes(closed) { $0.basicAuth.scheme = .invalid },
            "Serves clients alone that bring a name and a password of 'auth-secret'; others are answered with 401. Stock nginx "
                + "checks 'basic'; 'digest' has requests answer 503."
        ).guardingClients.guardingWhereEmpty.needing("auth_basic").differs("'digest' has requests answer 503."),
        .value(
            "satisfy",
            .satisfaction,
            \.sourceRanges.admitsByOneGuard,
            default: "all",
            scope: .location,
            from: .annotation,
            "Serves clients that meet any of the Ingress's guards, or all: the networks that they come from, the passwords of "
                + "'auth-type', and the service of 'auth-url', which is not asked about clients that another guard lets in "
                + "then."
        ).identical,
    ]

    private static let closed = "requests answer 503"

    /// The annotations that have no effect where no password is asked for.
    static let dependentAnnotations = ["auth-realm", "auth-secret", "auth-secret-type"]
}

extension ValueParser<Bool> {
    /// Whether one guard is enough.
    static let satisfaction = ValueParser(type: "all or any", examples: ["all", "any"], write: { $0 ? "any" : "all" }) {
        text throws(ValueError) in
        switch text {
        case "any": return true
        case "all": return false
        default: throw ValueError(reason: "is neither all nor any")
        }
    }
}

extension ValueParser<BasicAuthValues.Scheme> {
    fileprivate static let authenticationScheme = ValueParser(
        type: "basic or digest",
        examples: ["basic", "digest"]
    ) { text throws(ValueError) in
        guard let scheme = Value(rawValue: text) else { throw ValueError(reason: "is neither basic nor digest") }
        return scheme
    }
}

extension ValueParser<PasswordFile.Form> {
    fileprivate static let passwordForm = ValueParser(
        type: "auth-file or auth-map",
        examples: ["auth-file", "auth-map"]
    ) { text throws(ValueError) in
        guard let form = Value(rawValue: text) else { throw ValueError(reason: "is neither auth-file nor auth-map") }
        return form
    }
}

extension ValueParser<String> {
    /// A name, with its namespace in front or not; what it names is found out later.
    fileprivate static let userSecret = ValueParser(type: "name", examples: ["users", "shop/users"]) {
        text throws(ValueError) in text
    }
}

extension ValueParser<Realm> {
    fileprivate static let realm = ValueParser(
        type: "text",
        examples: ["Shop", "Staff of the shop"]
    ) { text throws(ValueError) in
        guard text != "off" else { throw ValueError(reason: "is 'off', which would have nginx ask for no password") }
        guard let realm = Realm(text) else {
            throw ValueError(reason: "is longer than 256 bytes, or holds more than letters, digits, spaces and -._~/:")
        }
        return realm
    }
}
