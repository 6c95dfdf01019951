package import NginxSyntax

/// Where nginx sends what it has traced, and how.
///
/// See [ngx_otel_module](https://nginx.org/en/docs/ngx_otel_module.html).
package struct TraceExporter: Sendable, Hashable {
    /// The host and the port of a collector that speaks OTLP by gRPC.
    package let endpoint: Text
    /// The longest time from one transfer to the next.
    package let interval: TimeSpan
    /// How many spans one transfer has at most, and how many transfers may wait.
    package let batchSize: Number
    package let batchCount: Number
    /// Which requests are traced where a location says that they are; `nil` for all.
    package let sampler: TraceSampler?
    /// The facts about an Ingress that names of spans hold, which locations must set.
    package var variables: [LogVariable] = []

    package init(
        endpoint: Text,
        interval: TimeSpan,
        batchSize: Number,
        batchCount: Number,
        sampler: TraceSampler?
    ) {
        (self.endpoint, self.interval, self.sampler) = (endpoint, interval, sampler)
        (self.batchSize, self.batchCount) = (batchSize, batchCount)
    }
}

/// Which requests are traced.
package struct TraceSampler: Sendable, Hashable {
    /// How many in ten thousand.
    package let share: Int
    /// Whether a caller that traces its request, or does not, decides for nginx too.
    package let followsParent: Bool

    /// - Precondition: The share is from 0 to 10,000.
    package init(share: Int, followsParent: Bool) {
        precondition((0...10_000).contains(share), "\(share) of 10,000")
        (self.share, self.followsParent) = (share, followsParent)
    }

    /// Holds whether a request is traced, `on` or `off`.
    package static let variable = VariableName(known: "is_traced")
}
