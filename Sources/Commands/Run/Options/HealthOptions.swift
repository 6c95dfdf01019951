import ArgumentParser

/// The options for those who watch over the controller, and end it.
struct HealthOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The port for /healthz, /readyz and /metrics. In a cluster it is 10254, with --source there is none.",
            valueName: "port"
        )
    )
    var healthzPort: ListenPort?

    @Option(
        help: ArgumentHelp(
            "How long to go on after being told to end, while /readyz says so and traffic is led elsewhere.",
            valueName: "time"
        )
    )
    var shutdownGracePeriod = TimeOption(seconds: 0)

    /// - Parameter isInCluster: Whether somebody expects to be answered.
    func port(isInCluster: Bool) -> UInt16? {
        let number = healthzPort?.number ?? (isInCluster ? 10_254 : nil)
        return number.map { UInt16(clamping: $0) }
    }
}
