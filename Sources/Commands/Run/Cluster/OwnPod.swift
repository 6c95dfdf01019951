import Foundation
import KubernetesModel

/// What the process knows of the Pod that it runs in, if it runs in one.
struct OwnPod: Sendable {
    /// From the downward API; `nil` outside of a Pod.
    let name: NamespacedName?
    /// Who tells events.
    let instance: String

    init(_ environment: [String: String]) {
        if let name = environment["POD_NAME"], let namespace = environment["POD_NAMESPACE"], !name.isEmpty {
            self.name = NamespacedName(namespace: namespace, name: name)
            instance = name
        } else {
            name = nil
            instance = ProcessInfo.processInfo.hostName
        }
    }

    /// Tells this process from all others, also from an earlier one of the same Pod.
    var identity: String { "\(instance)_\(UUID().uuidString.lowercased())" }
}
