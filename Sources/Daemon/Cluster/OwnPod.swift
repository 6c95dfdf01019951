import ClusterReporting
import Diagnostics
import Foundation
import KubernetesModel

/// The facts about the Pod that the process runs in, if it runs in one.
struct OwnPod: Sendable {
    /// From the downward API; `nil` outside of a Pod.
    let name: NamespacedName?
    /// The name under which events are sent.
    let instance: String
    /// The subject of events about this replica itself; `nil` where it is no Pod or its uid is unknown.
    let subject: EventSubject?

    init(_ environment: [String: String]) {
        if let name = environment["POD_NAME"], let namespace = environment["POD_NAMESPACE"], !name.isEmpty {
            self.name = NamespacedName(namespace: namespace, name: name)
            instance = name
        } else {
            name = nil
            instance = ProcessInfo.processInfo.hostName
        }
        let reference = name.flatMap { ObjectReference(kind: "Pod", namespace: $0.namespace, name: $0.name) }
        if let reference, let uid = environment["POD_UID"], !uid.isEmpty {
            subject = EventSubject(reference, ObjectIdentity(apiVersion: "v1", uid: uid))
        } else {
            subject = nil
        }
    }

    /// Tells this process from all others, also from an earlier one of the same Pod.
    var identity: String { "\(instance)_\(UUID().uuidString.lowercased())" }
}
