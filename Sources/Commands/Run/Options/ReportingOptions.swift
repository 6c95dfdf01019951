import ArgumentParser
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

    @Option(
        help: ArgumentHelp(
            "The name of the Lease by which replicas agree on the one that writes; it is in the Pod's namespace.",
            valueName: "name"
        )
    )
    var electionID = "postern-leader"

    func validate() throws {
        guard publishService == nil || publishStatusAddress == nil else {
            throw ValidationError("--publish-service and --publish-status-address exclude each other.")
        }
        guard statusUpdateInterval.duration >= .seconds(5) else {
            throw ValidationError("--status-update-interval must be at least 5s.")
        }
    }
}
