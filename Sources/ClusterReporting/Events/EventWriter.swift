import Foundation
import KubernetesClient

/// Sends events, one after another; an event that is there already is told again in place.
struct EventWriter: Sendable {
    private let client: APIClient
    private let instance: String

    init(_ client: APIClient, instance: String) {
        self.client = client
        self.instance = instance
    }

    /// Throws where the API server does not take it.
    func send(_ entry: EventTable.Entry) async throws(APIError) {
        let event = ClusterEvent(entry, instance: instance, now: Date())
        let collection = APIResource.events.path(namespace: event.metadata.namespace)
        do throws(APIError) {
            let _: ClusterEvent = try await client.create(event, at: collection)
        } catch .conflict {
            try await repeatEvent(at: "\(collection)/\(event.metadata.name)")
        } catch .notFound {
            // The namespace has gone, and with it whoever would read this.
        }
    }

    private func repeatEvent(at path: String) async throws(APIError) {
        do throws(APIError) {
            let known: ClusterEvent = try await client.get(path)
            let repetition = EventRepetition(
                lastTimestamp: Date().formatted(.iso8601),
                count: (known.count ?? 1) + 1
            )
            let _: ClusterEvent = try await client.patch(path, .merge, repetition)
        } catch .notFound {
            // It has been forgotten in this very moment; it is due again in half an hour.
        }
    }
}
