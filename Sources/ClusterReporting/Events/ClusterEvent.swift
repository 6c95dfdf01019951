import Crypto
import Diagnostics
import Foundation
import KubernetesModel
import TextCoding

/// An Event as the core API has it, which every version of Kubernetes takes.
///
/// See [Event](https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/).
struct ClusterEvent: Sendable, Codable {
    var apiVersion = "v1"
    var kind = "Event"
    var metadata: Metadata
    var involvedObject: Involved
    var type: String
    var reason: String
    var message: String
    var source: Source
    var firstTimestamp: String?
    var lastTimestamp: String?
    var count: Int?
    var reportingComponent: String
    var reportingInstance: String

    struct Metadata: Sendable, Codable {
        var name: String
        var namespace: String
    }

    struct Involved: Sendable, Codable {
        var kind: String
        var namespace: String?
        var name: String
        var uid: String?
        var apiVersion: String?
    }

    struct Source: Sendable, Codable {
        var component: String
    }

    /// - Parameter instance: The Pod that tells it.
    init(_ entry: EventTable.Entry, instance: String, now: Date) {
        let object = entry.subject.object
        let time = now.formatted(.iso8601)
        // Objects without a namespace have their events in the one of that name.
        let namespace = object.namespace.isEmpty ? "default" : object.namespace
        metadata = Metadata(name: entry.eventName, namespace: namespace)
        involvedObject = Involved(
            kind: object.kind,
            namespace: object.namespace.isEmpty ? nil : object.namespace,
            name: object.name,
            uid: entry.subject.identity.uid,
            apiVersion: entry.subject.identity.apiVersion
        )
        type = entry.note.kind.rawValue
        reason = entry.note.reason
        message = entry.note.message
        source = Source(component: "postern")
        firstTimestamp = time
        lastTimestamp = time
        count = 1
        reportingComponent = "postern.dev/ingress-controller"
        reportingInstance = instance
    }
}

/// The fields that change when an event that is there is sent again.
struct EventRepetition: Sendable, Encodable {
    var lastTimestamp: String
    var count: Int
}

extension EventTable.Entry {
    /// The same for the same event, whoever tells it: another replica, and this one after a restart, find it there.
    fileprivate var eventName: String {
        let text = [subject.identity.uid, note.kind.rawValue, note.reason, note.message].joined(separator: "\n")
        let digest = SHA256.hash(data: Data(text.utf8)).prefix(8).hexadecimal
        // A name has at most 253 characters.
        return "\(subject.object.name.prefix(230)).\(digest)"
    }
}
