package import ClusterReporting
package import ClusterSource

/// The settings for reading a cluster, and for reporting to it.
package struct ClusterSettings: Sendable {
    package var scope = ClusterScope()
    /// The objects that are read beside the Ingresses, for being named.
    package var names = NamedObjects()
    /// Whether it stays, to say what has become of Ingresses; who reconciles one time only says nothing.
    package var reports = true
    /// The name of the Lease by which replicas agree on the one that writes.
    package var electionID: String
    /// The times of their election; `nil` where this is the only replica.
    package var election: ElectionTimings? = ElectionTimings()
    /// Where the addresses of Ingresses are known from.
    package var addresses: PublishedAddresses.Source
    /// Whether internal addresses of nodes are preferred to the external ones.
    package var reportsInternalAddresses = false
    package var updatesStatus = true
    /// Whether an event is told of each Ingress that has gone live.
    package var reportsLive = true
    package var clearsStatusAtEnd = true
    /// How often the addresses are looked up anew.
    package var statusInterval = Duration.seconds(60)

    package init(electionID: String, addresses: PublishedAddresses.Source) {
        self.electionID = electionID
        self.addresses = addresses
    }
}
