import NginxSyntax
import ProxyConfiguration

/// Whether an Ingress is an alternative of another one, and which requests it takes of it.
struct CanaryValues: Sendable, Hashable {
    var isOn = false
    var weight = 0
    /// The total that the weight is a part of; less than 100 counts as 100.
    var total = 100
    var header: HeaderName?
    var headerValue: Text?
    var headerPattern: HeaderPattern?
    var cookie: CookieName?
    /// Whether a client that has come to the canary stays there, where the other Ingress keeps clients.
    var keepsClients = true

    enum HeaderPattern: Sendable, Hashable {
        case expression(RegularExpression)
        /// No expression at all; ingress-nginx passes no request with the header to the canary.
        case broken
    }

    /// The rules that the settings come to.
    var rules: CanaryRules { CanaryRules(header: header.map { .init($0, headerRule) }, cookie: cookie, share: share) }

    /// A value comes before an expression, and either of them takes the words `always` and `never` away.
    private var headerRule: CanaryRules.Header.Rule {
        if let headerValue { return .value(headerValue) }
        return switch headerPattern {
        case .expression(let expression): .expression(expression)
        case .broken: .never
        case nil: .alwaysOrNever
        }
    }

    /// The share in hundredths of a percent, which is as fine as nginx splits: some of the requests for each weight that
    /// is not 0, and not all for one below the total.
    private var share: CanaryRules.Share {
        let total = max(total, 100)
        guard weight > 0 else { return .none }
        guard weight < total else { return .all }
        let hundredths = (Double(weight) / Double(total) * 10_000).rounded()
        return CanaryRules.Share(hundredths: min(max(Int(hundredths), 1), 9_999)) ?? .none
    }

    /// Whether the share is far from what is asked for.
    var isShareCoarse: Bool {
        weight > 0 && weight < max(total, 100)
            && abs(Double(share.hundredths) / 10_000 * Double(max(total, 100)) / Double(weight) - 1) > 0.1
    }
}

enum Canary {
    static let settings: [Setting] = [
        .value(
            "canary",
            .bool,
            \.canary.isOn,
            default: "false",
            scope: .ingress,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("the Ingress is served like any other"),
            "Makes the Ingress an alternative of another one of its namespace with the same host, path and path type; "
                + "of its other settings only those of its Services' endpoints count."
        ).differs(
            "Only an Ingress of the same namespace is an alternative, and one for other clients gets no "
                + "traffic."
        ),
        .value(
            "affinity-canary-behavior",
            .canaryBehavior,
            \.canary.keepsClients,
            default: "sticky",
            scope: .upstream,
            from: .annotation,
            "Keeps clients at the canary too where the other Ingress has 'affinity' (sticky), or chooses for each of their "
                + "requests anew (legacy). Either way clients of the other Ingress stay there."
        ).identical,
        .value(
            "canary-by-cookie",
            .cookieName,
            \.canary.cookie,
            scope: .ingress,
            needs: .anything,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("no cookie sends requests to the canary"),
            "Sends requests with this cookie to the canary where it is 'always', and to the other Ingress where it is "
                + "'never'; comes after the header."
        ).risk(.medium).identical,
        .value(
            "canary-by-header",
            .headerName,
            \.canary.header,
            scope: .ingress,
            needs: .anything,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("no header sends requests to the canary"),
            "Sends requests with this header to the canary where it is 'always', and to the other Ingress where it is "
                + "'never'; other values leave it to the cookie and the weight."
        ).risk(.medium).identical,
        .value(
            "canary-by-header-pattern",
            .headerPattern,
            \.canary.headerPattern,
            scope: .ingress,
            needs: .anything,
            from: .annotation,
            ifInvalid: .allowsNothing("the other Ingress serves requests with the header") {
                $0.canary.headerPattern = .broken
            },
            "Sends requests to the canary in whose header, named by canary-by-header, this regular expression matches, "
                + "in place of 'always' and 'never'."
        ).risk(.medium).identical,
        .value(
            "canary-by-header-value",
            .basicText,
            \.canary.headerValue,
            scope: .ingress,
            needs: .anything,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("the header counts as without it"),
            "Sends requests to the canary whose header, named by canary-by-header, is this, in place of 'always' and "
                + "'never'."
        ).risk(.medium).identical,
        .value(
            "canary-weight",
            .integer,
            \.canary.weight,
            default: "0",
            scope: .ingress,
            from: .annotation,
            "Sends this share of requests to the canary that neither header nor cookie decides, in hundredths, or in "
                + "parts of canary-weight-total."
        ).needing("split_clients").differs("Shares are rounded to hundredths of a percent."),
        .value(
            "canary-weight-total",
            .integer,
            \.canary.total,
            default: "100",
            scope: .ingress,
            from: .annotation,
            "Sets what canary-weight is a part of; less than 100 counts as 100."
        ).identical,
    ]
}

extension ValueParser<Bool> {
    fileprivate static let canaryBehavior = ValueParser(
        type: "sticky or legacy",
        examples: ["sticky", "legacy"],
        write: { $0 ? "sticky" : "legacy" }
    ) { text throws(ValueError) in
        switch text {
        case "sticky": return true
        case "legacy": return false
        default: throw ValueError(reason: "is neither sticky nor legacy")
        }
    }
}
