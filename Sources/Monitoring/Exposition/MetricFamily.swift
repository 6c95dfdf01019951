/// One metric with all of its samples.
///
/// See [the text format](https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format) and
/// [the names of metrics](https://prometheus.io/docs/practices/naming/).
package struct MetricFamily: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
        case counter
        case gauge
        case histogram
    }

    package struct Label: Sendable, Hashable {
        var name: String
        var value: String
    }

    package struct Sample: Sendable, Hashable {
        /// `_bucket`, `_sum` and `_count` for the parts of a histogram.
        var suffix = ""
        var labels: [Label]
        var value: Double
    }

    package let name: String
    let kind: Kind
    let help: String
    private(set) var samples: [Sample] = []

    package init(_ name: String, _ kind: Kind, _ help: String) {
        self.name = name
        self.kind = kind
        self.help = help
    }

    /// A metric with one sample that has no labels.
    package init(_ name: String, _ kind: Kind, _ help: String, value: Double) {
        self.init(name, kind, help)
        add(value)
    }

    package mutating func add(_ value: Double, _ labels: KeyValuePairs<String, String> = [:]) {
        samples.append(Sample(labels: labels.map(Label.init), value: value))
    }

    package mutating func add(_ histogram: Histogram, _ labels: KeyValuePairs<String, String> = [:]) {
        let labels = labels.map(Label.init)
        for (bound, count) in histogram.cumulative {
            let bucket = labels + [Label(name: "le", value: bound)]
            samples.append(Sample(suffix: "_bucket", labels: bucket, value: Double(count)))
        }
        samples.append(Sample(suffix: "_sum", labels: labels, value: histogram.sum / .seconds(1)))
        samples.append(Sample(suffix: "_count", labels: labels, value: Double(histogram.count)))
    }
}

extension MetricFamily.Label {
    fileprivate init(_ pair: (key: String, value: String)) {
        self.init(name: pair.key, value: pair.value)
    }
}
