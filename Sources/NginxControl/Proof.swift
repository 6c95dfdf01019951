package import Diagnostics
package import ProxyConfiguration

/// What a real nginx made of a configuration.
package struct Proof: Sendable, Hashable {
    /// What it refuses, and which requests it would send elsewhere than the model says.
    package var findings: [Diagnostic] = []
    /// The objects that had to be left out for nginx to take the rest.
    package var leftOut: Set<ObjectReference> = []
    /// How many requests were compared; 0 where nothing could be proven.
    package var requestCount = 0
}

/// What is to be proven.
package struct ProofSubject: Sendable {
    /// The Ingresses of which any may be left out, in a fixed order.
    package var ingresses: [ObjectReference]
    /// The configuration that everything but the named Ingresses and Secrets comes to.
    package var configuration: @Sendable (Set<ObjectReference>) -> Configuration

    package init(
        ingresses: [ObjectReference],
        configuration: @escaping @Sendable (Set<ObjectReference>) -> Configuration
    ) {
        self.ingresses = ingresses
        self.configuration = configuration
    }
}

/// How much a proof may cost.
package struct ProofBounds: Sendable, Hashable {
    /// How many requests are sent at the most.
    package var requests: Int
    /// How long requests are sent at the most.
    package var time: Duration
    /// How many culprits are looked for at the most.
    package var culprits: Int
    /// How long nginx may take to start.
    package var start: Duration

    package init(
        requests: Int = 20_000,
        time: Duration = .seconds(60),
        culprits: Int = 32,
        start: Duration = .seconds(120)
    ) {
        self.requests = requests
        self.time = time
        self.culprits = culprits
        self.start = start
    }
}
