import NginxSyntax
import ProxyConfiguration

/// Which networks clients may come from, and which requests are refused whatever they ask for.
struct SourceRangeValues: Sendable, Hashable {
    var allowed = Guarding<[CIDRBlock]>.unset
    var denied = Guarding<[CIDRBlock]>.unset
    var blockedNetworks = Guarding<[CIDRBlock]>.unset
    var blockedUserAgents = Guarding<[HeaderPattern]>.unset
    var blockedReferers = Guarding<[HeaderPattern]>.unset
    /// Whether a client that meets one guard of the Ingress is served, and not only one that meets all.
    var admitsByOneGuard = false

    /// Whether something of it cannot be honoured, so that nobody may be served.
    var isClosed: Bool { allowed == .invalid || denied == .invalid || blocksUnknown }

    /// Whether the requests that are refused cannot be told.
    var blocksUnknown: Bool {
        blockedNetworks == .invalid || blockedUserAgents == .invalid || blockedReferers == .invalid
    }

    /// Whether it depends on where clients come from.
    var looksAtAddresses: Bool { access != nil || blocksAddresses }

    var blocksAddresses: Bool { !(blockedNetworks.value ?? []).isEmpty }

    /// `nil` where every client is served.
    var access: AccessPolicy? {
        let networks = allowed.value ?? []
        let isEverybody = networks.cover(.ipv4) && networks.cover(.ipv6)
        let policy = AccessPolicy(denied: denied.value ?? [], allowed: isEverybody ? [] : networks)
        return policy == AccessPolicy() ? nil : policy
    }

    /// `nil` where no request is refused so.
    var blocked: BlockedRequests? {
        let blocked = BlockedRequests(
            networks: blockedNetworks.value ?? [],
            userAgents: blockedUserAgents.value ?? [],
            referers: blockedReferers.value ?? []
        )
        return blocked == BlockedRequests() ? nil : blocked
    }
}

enum SourceRanges {
    static let settings: [Setting] = [
        .value(
            "allowlist-source-range",
            .guarding(.allowedNetworks, isUnsetByEmpty: false),
            \.sourceRanges.allowed,
            default: nil,
            scope: .location,
            from: .annotation(or: "whitelist-source-range"),
            ifInvalid: .closes(closed) { $0.sourceRanges.allowed = .invalid },
            "Serves clients of these networks alone; others are answered with 403. Redirects, and answers to OPTIONS "
                + "requests by 'enable-cors', are for everybody."
        ).guardingClients.risk(.medium).guardingWhereEmpty.differs(
            "An empty value serves nobody; in ingress-nginx it counts as unset."
        ),
        .value(
            "block-cidrs",
            .guarding(.networks),
            \.sourceRanges.blockedNetworks,
            default: nil,
            scope: .location,
            from: .configMaps,
            ifInvalid: .closes(closed) { $0.sourceRanges.blockedNetworks = .invalid },
            "Refuses all requests of clients of these networks with 403, whatever Ingresses allow. What a class's "
                + "ConfigMap names counts beside what the global one does."
        ).guardingClients.differs(
            "It comes before redirects, and counts beside the lists of an Ingress; in ingress-nginx it comes "
                + "behind redirects, and such a list takes its place."
        ),
        .value(
            "block-referers",
            .guarding(.headerPatterns),
            \.sourceRanges.blockedReferers,
            default: nil,
            scope: .location,
            from: .configMaps,
            ifInvalid: .closes(closed) { $0.sourceRanges.blockedReferers = .invalid },
            "Refuses requests with these values of the header Referer with 403: whole values in any case, or regular "
                + "expressions behind '~' or '~*'."
        ).guardingClients.identical,
        .value(
            "block-user-agents",
            .guarding(.headerPatterns),
            \.sourceRanges.blockedUserAgents,
            default: nil,
            scope: .location,
            from: .configMaps,
            ifInvalid: .closes(closed) { $0.sourceRanges.blockedUserAgents = .invalid },
            "Refuses requests with these values of the header User-Agent with 403: whole values in any case, or regular "
                + "expressions behind '~' or '~*'."
        ).guardingClients.identical,
        .value(
            "denylist-source-range",
            .guarding(.networks),
            \.sourceRanges.denied,
            default: nil,
            scope: .location,
            from: .everywhere,
            ifInvalid: .closes(closed) { $0.sourceRanges.denied = .invalid },
            "Refuses clients of these networks with 403, also those that 'allowlist-source-range' names."
        ).guardingClients.risk(.medium).identical,
        .value(
            "whitelist-source-range",
            .guarding(.allowedNetworks, isUnsetByEmpty: false),
            \.sourceRanges.allowed,
            default: nil,
            scope: .location,
            from: .configMaps,
            ifInvalid: .closes(closed) { $0.sourceRanges.allowed = .invalid },
            "Serves clients of these networks alone, where an Ingress names no others by 'allowlist-source-range'."
        ).guardingClients.differs("An empty value serves nobody; in ingress-nginx it counts as unset."),
    ]

    /// The fate of requests where a list cannot be honoured.
    private static let closed = "requests that it decides about answer 503"
}
