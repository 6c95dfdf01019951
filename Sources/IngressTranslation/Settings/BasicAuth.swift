/// Which names and passwords are asked for.
enum BasicAuth {
    static let settings: [Setting] = [
        .unsupported(
            "auth-realm",
            because: .passwords,
            from: .annotation,
            "Sets what browsers show where they ask for a password."
        ),
        .unsupported(
            "auth-secret",
            because: .passwords,
            from: .annotation,
            "Names the Secret with names and hashed passwords."
        ),
        .unsupported(
            "auth-secret-type",
            because: .passwords,
            from: .annotation,
            "Tells whether the Secret holds a password file, or a key for each name."
        ),
        .unsupported(
            "auth-type",
            because: .passwords,
            from: .annotation,
            guards: .anything,
            "Asks clients for a name and a password."
        ),
        .value(
            "satisfy",
            .satisfaction,
            \.sourceRanges.admitsByOneGuard,
            default: "all",
            scope: .location,
            from: .annotation,
            "Serves clients that meet any of the Ingress's guards, or all: the networks that they come from, and the "
                + "service of 'auth-url', which is not asked about clients of an allowed network then."
        ).identical,
    ]
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

extension UnsupportedSetting.Reason {
    fileprivate static let passwords = notRead(wouldNeed: "password files beside the keys of certificates")
}
