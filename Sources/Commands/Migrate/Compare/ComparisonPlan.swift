import NginxControl
import NginxSyntax
import ProxyConfiguration

/// The requests that tell the routes of a configuration apart, at and around each host and path.
struct ComparisonPlan {
    let probes: [Probe]
    /// How many there would be without a bound.
    let wantedCount: Int

    init(_ configuration: Configuration, schemes: Set<Listener.Scheme>, _ options: CompareOptions) {
        let methods = options.methodList
        var seen: Set<Request> = []
        var probes: [Probe] = []
        for server in configuration.servers {
            // Each host by itself: an expression of one host says nothing about others.
            var single = configuration
            single.servers = [server]
            let samples = server.locations.compactMap { location -> String? in
                guard case .expression(let expression) = location.path else { return nil }
                let match = expression.likelyMatch
                return match.hasPrefix("/") ? Request.target(for: match.utf8) : nil
            }
            for probe in EdgeProbes(single, samples: samples, variations: false).probes
            where schemes.contains(probe.request.scheme) {
                for method in probe.request.method == "GET" ? methods : [probe.request.method]
                where methods.contains(method) {
                    var sent = probe
                    sent.request.method = method
                    if seen.insert(sent.request).inserted { probes.append(sent) }
                }
            }
        }
        wantedCount = probes.count
        let limit = options.mostRequests
        self.probes =
            probes.count <= limit ? probes : (0..<limit).map { probes[$0 * probes.count / limit] }
    }
}
