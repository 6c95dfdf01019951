package import Controller
package import Diagnostics
package import IngressTranslation

/// The result of proving a candidate on a real nginx.
package struct Proof: Sendable {
    /// The findings about what it refuses, and about requests that it would send elsewhere than the model says.
    package var findings: [Diagnostic] = []
    /// The objects that had to be set aside for nginx to take the rest.
    package var exclusions = Exclusions()
    /// The proven translation, without objects set aside; `nil` where nothing could be proven.
    package var translation: Translation?
    /// How many requests were compared.
    package var requestCount = 0
    /// How many were not sent, because what must come of them depends on more than the configuration.
    package var undecidedCount = 0
    /// Whether a shadow has read only what has changed, so that the nginx that serves is the first to read the whole.
    package var isOfPart = false
    /// How many culprits were found one by one, by their namespace.
    var culprits: [String: Int] = [:]

    package init() {}
}

/// The handling of requests that nginx would send elsewhere than the model says.
package enum MisroutingPolicy: Sendable, Hashable {
    /// Say so.
    case report
    /// Set aside whose requests they are, and prove the rest.
    case setAside
}

/// How much a proof may cost.
package struct ProofBounds: Sendable, Hashable {
    /// How many requests are sent at the most.
    package var requests: Int
    /// Whether variations of the edges are sent too: the same paths written in other ways, and hosts that are near.
    package var variations: Bool
    /// How long requests are sent at the most; where nginx takes longer to start, as long as that takes.
    package var time: Duration
    /// How many culprits are looked for one by one in each namespace; with one more, all that has changed there is set
    /// aside.
    package var culprits: Int
    /// How long culprits are looked for one by one, and then as long again namespace by namespace.
    package var search: Duration
    /// Where nginx takes long to start it is as long as so many attempts take.
    package var attempts: Int
    /// How long nginx may take to start.
    package var start: Duration

    package init(
        requests: Int = 20_000,
        variations: Bool = true,
        time: Duration = .seconds(60),
        culprits: Int = 32,
        search: Duration = .seconds(30),
        attempts: Int = 32,
        start: Duration = .seconds(120)
    ) {
        self.requests = requests
        self.variations = variations
        self.time = time
        self.culprits = culprits
        self.search = search
        self.attempts = attempts
        self.start = start
    }
}
