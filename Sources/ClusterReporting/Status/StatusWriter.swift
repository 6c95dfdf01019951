import FoundationEssentials
import KubernetesClient
import KubernetesModel

/// Writes the status of Ingresses, a few at a time.
struct StatusWriter: Sendable {
    private let client: APIClient
    /// The number of writes that an API server takes from one client without making others wait.
    private static let concurrency = 8

    init(_ client: APIClient) {
        self.client = client
    }

    /// Returns how many could not be written, with one of the reasons.
    ///
    /// An Ingress that has gone meanwhile is no failure.
    func write(_ changes: [StatusPlan.Change]) async -> (count: Int, reason: APIError)? {
        await withTaskGroup(of: APIError?.self) { group in
            var failures: [APIError] = []
            var rest = changes[...]
            for change in rest.prefix(Self.concurrency) { group.addTask { await failure(of: change) } }
            rest = rest.dropFirst(Self.concurrency)
            for await failure in group {
                if let failure { failures.append(failure) }
                if let change = rest.popFirst() { group.addTask { await self.failure(of: change) } }
            }
            return failures.first.map { (failures.count, $0) }
        }
    }

    private func failure(of change: StatusPlan.Change) async -> APIError? {
        let parts = change.ingress.identity.apiVersion.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        let path = APIResource.ingresses(parts[0], parts[1]).path(of: change.ingress.name, subresource: "status")
        do throws(APIError) {
            let _: Written = try await client.patch(path, .merge, StatusPatch(change.addresses))
            return nil
        } catch .notFound {
            return nil
        } catch {
            return error
        }
    }

    private struct Written: Decodable, Sendable {}
}

/// The part of an Ingress that is changed, as a merge patch has it.
private struct StatusPatch: Encodable, Sendable {
    private let status: Status

    private struct Status: Encodable {
        let loadBalancer: LoadBalancer
    }

    private struct LoadBalancer: Encodable {
        let ingress: [LoadBalancerStatus.Entry]?

        private enum CodingKeys: String, CodingKey {
            case ingress
        }

        /// No address is written as `null`, which takes the field away.
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(ingress, forKey: .ingress)
        }
    }

    init(_ addresses: [LoadBalancerAddress]) {
        let entries = addresses.map(LoadBalancerStatus.Entry.init)
        status = Status(loadBalancer: LoadBalancer(ingress: entries.isEmpty ? nil : entries))
    }
}
