/// How fast a leader is missed and another one takes over; those of Kubernetes' own components.
package struct ElectionTimings: Sendable, Hashable {
    /// How long others wait after the last sign of life that they saw.
    package var leaseDuration: Duration
    /// How long a leader that cannot renew goes on as one; shorter, so that there are never two.
    package var renewDeadline: Duration
    /// From one look at the lease to the next.
    package var retryPeriod: Duration

    package init(
        leaseDuration: Duration = .seconds(15),
        renewDeadline: Duration = .seconds(10),
        retryPeriod: Duration = .seconds(2)
    ) {
        self.leaseDuration = leaseDuration
        self.renewDeadline = renewDeadline
        self.retryPeriod = retryPeriod
    }
}
