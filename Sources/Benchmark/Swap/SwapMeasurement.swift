/// The cost of swaps for one cluster.
struct SwapMeasurement {
    struct Round {
        /// From the changed file to the first answer of the new route.
        var served: Duration
        /// From the changed file to the controller's word that nothing else serves.
        var settled: Duration
        /// Of Postern, without its children.
        var processorTime: Duration
        /// How long each step took, as the controller tells it.
        var swap: StatusFile.Swap
    }

    static let steps = ["read", "translate", "render", "prove", "stage", "point", "reload", "settle"]

    var ingresses: Int
    var hasSecrets: Bool
    var rounds: [Round] = []
    /// How long nginx took to read each generation.
    var parses: [Duration] = []
    /// In MiB.
    var memory = 0.0

    var served: Sample { Sample(rounds.map { $0.served / .milliseconds(1) }) }
    var settled: Sample { Sample(rounds.map { $0.settled / .milliseconds(1) }) }
    var processorTime: Sample { Sample(rounds.map { $0.processorTime / .milliseconds(1) }) }
    var parse: Sample { Sample(parses.map { $0 / .milliseconds(1) }) }
    /// The time until the new route serves without nginx's own two readings, in milliseconds.
    var beyondNginx: Double { served.median - 2 * parse.median }

    func step(_ name: String) -> Sample { Sample(rounds.map { $0.swap.milliseconds[name] ?? 0 }) }
}

/// Several values of one quantity.
struct Sample {
    let median: Double
    let maximum: Double
    /// A quarter of the values is less.
    let lowerQuartile: Double
    /// A quarter of the values is more.
    let upperQuartile: Double

    init(_ values: [Double]) {
        let sorted = values.sorted()
        median = sorted.isEmpty ? .nan : sorted[sorted.count / 2]
        maximum = sorted.last ?? .nan
        lowerQuartile = sorted.isEmpty ? .nan : sorted[sorted.count / 4]
        upperQuartile = sorted.isEmpty ? .nan : sorted[sorted.count * 3 / 4]
    }
}
