import Foundation
import KubernetesClient
import KubernetesModel

/// How to reach an API server, and where in its cluster the controller is.
struct ClusterAccess: Sendable {
    let configuration: ClusterConfiguration
    let pod: OwnPod

    /// Throws ``CommandFailure`` where it is not known how to reach an API server.
    init(_ options: ClusterOptions) throws(CommandFailure) {
        do throws(ConfigurationError) {
            configuration = try .load(
                kubeconfig: options.kubeconfig,
                context: options.context,
                server: options.apiserverHost
            )
        } catch {
            throw CommandFailure("\(error)")
        }
        pod = OwnPod(ProcessInfo.processInfo.environment)
    }

    /// The Pod's own namespace; outside of a Pod that of the credentials.
    var namespace: String { pod.name?.namespace ?? configuration.namespace ?? "default" }
}
