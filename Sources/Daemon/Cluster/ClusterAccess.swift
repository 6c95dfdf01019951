import KubernetesModel
package import KubernetesClient

/// How to reach an API server, and where in its cluster the controller is.
package struct ClusterAccess: Sendable {
    package let configuration: ClusterConfiguration
    let pod: OwnPod

    /// - Parameter environment: That of the process, which tells of the Pod.
    package init(_ configuration: ClusterConfiguration, environment: [String: String]) {
        self.configuration = configuration
        pod = OwnPod(environment)
    }

    /// The Pod's own namespace; outside of a Pod that of the credentials.
    package var namespace: String { pod.name?.namespace ?? configuration.namespace ?? "default" }
}
