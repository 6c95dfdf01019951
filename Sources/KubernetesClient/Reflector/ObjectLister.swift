import YAML

/// Lists the objects of a resource, page by page.
struct ObjectLister<Object: Sendable>: Sendable {
    let client: APIClient
    let query: ResourceQuery
    let decode: @Sendable (Node) -> Object?

    struct Listing: Sendable {
        var objects: [Object]
        var resourceVersion: String
    }

    /// Returns all objects, or throws: each page is decoded and dropped, but nobody sees a part of a list.
    func list() async throws(APIError) -> Listing {
        var limit = 500
        while true {
            do throws(APIError) {
                return try await pages(of: limit)
            } catch {
                // Objects can be so large that fewer of them must do.
                guard case .tooLarge = error, limit > 1 else { throw error }
                limit /= 5
            }
        }
    }

    private func pages(of limit: Int) async throws(APIError) -> Listing {
        var objects: [Object] = []
        var next: String?
        repeat {
            let page: ObjectPage
            do throws(APIError) {
                page = try await self.page(limit: limit, continuing: next)
            } catch {
                guard case .gone = error, next != nil else { throw error }
                // The rest of that list is too old to be told: a new one, in one piece, cannot grow too old.
                objects = []
                page = try await self.page(limit: nil, continuing: nil)
            }
            objects += page.items.lazy.compactMap(decode)
            next = page.next
            guard next != nil else { return Listing(objects: objects, resourceVersion: page.resourceVersion) }
        } while true
    }

    private func page(limit: Int?, continuing token: String?) async throws(APIError) -> ObjectPage {
        var more: [APIRequest.Query] = []
        if let limit { more.append(.init("limit", String(limit))) }
        if let token { more.append(.init("continue", token)) }
        let response = try await client.send(query.request(more, timeout: .seconds(60)))
        return try ObjectPage(response.body, of: query.resource)
    }
}
