import ProxyConfiguration

/// The numbers of things looked at, so that nobody takes an empty input for a good one.
package struct Survey: Sendable, Hashable {
    package var files = 0
    /// Files that are no manifests.
    package var passedOver = 0
    package var ingresses = 0
    /// Ingresses that are none of ours.
    package var leftOut = 0
    package var hosts = 0

    /// `3 files (1 passed over), 4 Ingresses (2 left out), 3 hosts`.
    var text: String {
        // A cluster has no files.
        let files =
            (files == 0 ? "cluster" : Self.count(files, "file"))
            + (passedOver > 0 ? " (\(passedOver) passed over)" : "")
        let ingresses = Self.count(ingresses, "Ingress", "es") + (leftOut > 0 ? " (\(leftOut) left out)" : "")
        return "\(files), \(ingresses), \(Self.count(hosts, "host"))"
    }

    private static func count(_ number: Int, _ word: String, _ plural: String = "s") -> String {
        "\(number) \(word)\(number == 1 ? "" : plural)"
    }
}

extension Configuration {
    /// How many hosts Ingresses have; unknown ones together count for one where an Ingress has them.
    var hostCount: Int {
        servers.count { $0.host != .any || $0.origin != nil || $0.locations.contains { $0.origin != nil } }
    }
}
