import FoundationEssentials

/// The versions in which an API server has what Postern reads, the newest that it has of each.
package struct APIVersions: Sendable, Hashable {
    package var ingresses: APIResource
    /// `nil` before Kubernetes 1.18.
    package var ingressClasses: APIResource?
    /// EndpointSlices, or Endpoints where the API has none.
    package var endpoints: APIResource

    package init(
        ingresses: APIResource = .ingresses(),
        ingressClasses: APIResource? = .ingressClasses(),
        endpoints: APIResource = .endpointSlices()
    ) {
        self.ingresses = ingresses
        self.ingressClasses = ingressClasses
        self.endpoints = endpoints
    }
}

extension APIClient {
    /// Asks which versions there are.
    package func versions() async throws(APIError) -> APIVersions {
        let ingresses = try await first(
            of: .ingresses(),
            .ingresses("networking.k8s.io", "v1beta1"),
            .ingresses("extensions", "v1beta1")
        )
        guard let ingresses else { throw .unexpected("it has no Ingresses in any version that Postern knows") }
        return APIVersions(
            ingresses: ingresses,
            ingressClasses: try await first(of: .ingressClasses(), .ingressClasses("v1beta1")),
            endpoints: try await first(of: .endpointSlices(), .endpointSlices("v1beta1")) ?? .endpoints
        )
    }

    private func first(of candidates: APIResource...) async throws(APIError) -> APIResource? {
        for candidate in candidates where try await serves(candidate) { return candidate }
        return nil
    }

    private func serves(_ resource: APIResource) async throws(APIError) -> Bool {
        do throws(APIError) {
            let list: ResourceList = try await get("/apis/\(resource.apiVersion)")
            return list.resources.contains { $0.name == resource.plural }
        } catch {
            if case .notFound = error { return false }
            throw error
        }
    }

    private struct ResourceList: Decodable {
        var resources: [Resource]

        struct Resource: Decodable {
            var name: String
        }
    }
}
