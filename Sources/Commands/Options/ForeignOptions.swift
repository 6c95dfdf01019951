/// The options of ingress-nginx that Postern does not take.
///
/// One that did nothing would be worse than one that is refused: whoever gives it relies on it.
package enum ForeignOptions {
    package struct Option: Sendable {
        package let name: String
        /// Why it is not taken, and what takes its place.
        package let reason: String

        fileprivate init(_ name: String, _ reason: String) {
            (self.name, self.reason) = (name, reason)
        }
    }

    package static let all: [Option] = (needless + unsupported).sorted { $0.name < $1.name }

    /// The reason for each, by its name.
    package static let reasons = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0.reason) })

    /// The names of those that nothing is lost without.
    package static let needlessNames = Set(needless.map(\.name))

    /// Those that there is nothing to do for.
    private static let needless: [Option] = [
        Option("deep-inspect", "no text of an Ingress can become syntax of nginx, so that there is nothing to inspect"),
        Option("disable-full-test", webhook),
        Option("dynamic-configuration-retries", lua),
        Option("default-server-port", lua),
        Option("internal-logger-address", lua),
        Option("post-shutdown-grace-period", "nginx is a process of its own; --stop-timeout is for a supervised one"),
        Option("profiler-address", profiler),
        Option("profiler-port", profiler),
        Option("profiling", profiler),
        Option("ssl-passthrough-proxy-port", passthrough),
        Option("status-port", "nginx tells its status on a Unix socket, --status-socket"),
        Option("stream-port", lua),
        Option("sync-rate-limit", "--sync-period sets the least time from one reload to the next"),
        Option("validating-webhook", webhook),
        Option("validating-webhook-certificate", webhook),
        Option("validating-webhook-key", webhook),
    ]

    private static let unsupported: [Option] = [
        Option("bucket-factor", metrics),
        Option("certificate-authority", "a kubeconfig names the authority of an API server, --kubeconfig"),
        Option("enable-metrics", "/metrics is there with --healthz-port, and no requests are counted in it"),
        Option("enable-ssl-chain-completion", "chains are not completed; a Secret holds all of its chain"),
        Option("enable-topology-aware-routing", "hints of EndpointSlices are not read"),
        Option("exclude-socket-metrics", metrics),
        Option("health-check-path", "the path is /healthz"),
        Option("health-check-timeout", "/healthz asks no other process"),
        Option("healthz-host", "--healthz-port listens on every address; a NetworkPolicy closes it"),
        Option("length-buckets", metrics),
        Option("max-buckets", metrics),
        Option("maxmind-edition-ids", geography),
        Option("maxmind-license-key", geography),
        Option("maxmind-mirror", geography),
        Option("maxmind-retries-count", geography),
        Option("maxmind-retries-timeout", geography),
        Option("metrics-per-host", metrics),
        Option("metrics-per-undefined-host", metrics),
        Option("monitor-max-batch-size", metrics),
        Option("report-status-classes", metrics),
        Option("size-buckets", metrics),
        Option("time-buckets", metrics),
    ]

    private static let geography =
        "databases of places are not downloaded; MaxMind's geoipupdate puts them into the folder of --geoip-databases"
    private static let lua = "it is for a part of ingress-nginx that stock nginx does without"
    private static let metrics = "requests are not counted in /metrics; nginx's access log has each of them"
    private static let passthrough =
        "with --enable-ssl-passthrough HTTPS is served at a Unix socket of nginx's own"
    private static let profiler = "there is no profiler"
    private static let webhook = "there is no admission webhook; `postern check` tells the same in a pipeline"
}
