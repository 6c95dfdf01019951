import ArgumentParser
import ClusterReporting
import KubernetesModel

/// The options that say what a cluster is told of its Ingresses, and by whom.
struct ReportingOptions: ParsableArguments {
    @Flag(inversion: .prefixedNo, help: "Write the addresses under which Ingresses are reached into their status.")
    var updateStatus = true

    @Flag(inversion: .prefixedNo, help: "Clear the status of Ingresses when the last Pod of the controller ends.")
    var updateStatusOnShutdown = true

    @Option(
        help: ArgumentHelp(
            "The Service in front of nginx, whose addresses Ingresses get; without it those of the Pods' nodes.",
            valueName: "namespace/name"
        )
    )
    var publishService: NamespacedName?

    @Option(
        help: ArgumentHelp(
            "The addresses or host names that Ingresses get, separated by commas.",
            valueName: "addresses"
        )
    )
    var publishStatusAddress: StatusAddressList?

    @Flag(
        name: .customLong("report-node-internal-ip-address"),
        help: "Prefer the internal addresses of nodes to the external ones."
    )
    var reportsNodeInternalAddress = false

    @Option(
        help: ArgumentHelp("How often the addresses are looked up anew.", valueName: "time")
    )
    var statusUpdateInterval = TimeOption(seconds: 60)

    @Flag(help: "Send no event about an Ingress that nginx serves as it is now; those about findings are sent.")
    var disableSyncEvents = false

    @Flag(help: "Write as if this were the only replica, without a Lease.")
    var disableLeaderElection = false

    @Option(
        help: ArgumentHelp(
            "How long a leader that gives no sign of life is waited for; without it 15s.",
            valueName: "time"
        )
    )
    var electionTTL: TimeOption?

    @Option(
        help: ArgumentHelp(
            "The name of the Lease by which replicas agree on the one that writes; it is in the Pod's namespace.",
            valueName: "name"
        )
    )
    var electionID = "postern-leader"

    /// The times of the election; `nil` where there is none.
    var election: ElectionTimings? {
        guard !disableLeaderElection else { return nil }
        guard let time = electionTTL?.duration else { return ElectionTimings() }
        return ElectionTimings(leaseDuration: time, renewDeadline: time * 2 / 3, retryPeriod: time / 8)
    }

    func validate() throws {
        guard publishService == nil || publishStatusAddress == nil else {
            throw ValidationError("--publish-service and --publish-status-address exclude each other.")
        }
        guard statusUpdateInterval.duration >= .seconds(5) else {
            throw ValidationError("--status-update-interval must be at least 5s.")
        }
        guard electionTTL.map({ $0.duration >= .seconds(5) }) ?? true else {
            throw ValidationError("--election-ttl must be at least 5s.")
        }
    }
}
