import FoundationEssentials
package import KubernetesModel
package import YAML

/// Objects as Swift values: each body is JSON.
extension APIClient {
    /// Reads one object as a reflector does, without what nobody needs of it.
    package func object(
        _ name: NamespacedName,
        of resource: APIResource,
        timeout: Duration = .seconds(30)
    ) async throws(APIError) -> Node {
        let response = try await send(APIRequest(.get, resource.path(of: name), timeout: timeout))
        do throws(JSONError) {
            return try ObjectPage.reader.read(response.body)
        } catch {
            throw .unexpected("an object of \(resource.plural) is no JSON: \(error)")
        }
    }

    package func get<Object: Decodable & Sendable>(
        _ path: String,
        query: [APIRequest.Query] = [],
        timeout: Duration = .seconds(30)
    ) async throws(APIError) -> Object {
        try decode(try await send(APIRequest(.get, path, query: query, timeout: timeout)))
    }

    /// Creates an object in the collection at `path`, and returns what the server made of it.
    package func create<Object: Decodable & Sendable>(
        _ object: some Encodable & Sendable,
        at path: String,
        timeout: Duration = .seconds(30)
    ) async throws(APIError) -> Object {
        try decode(try await send(APIRequest(.post, path, body: try encode(object), timeout: timeout)))
    }

    /// Replaces an object, if its resource version is still the one that is sent.
    package func update<Object: Decodable & Sendable>(
        _ object: some Encodable & Sendable,
        at path: String
    ) async throws(APIError) -> Object {
        try decode(try await send(APIRequest(.put, path, body: try encode(object))))
    }

    /// Changes what a patch says of an object, and returns the whole of it.
    package func patch<Object: Decodable & Sendable>(
        _ path: String,
        _ type: APIRequest.PatchType = .merge,
        _ patch: some Encodable & Sendable,
        timeout: Duration = .seconds(30)
    ) async throws(APIError) -> Object {
        try decode(try await send(APIRequest(.patch(type), path, body: try encode(patch), timeout: timeout)))
    }

    package func delete(_ path: String) async throws(APIError) {
        _ = try await send(APIRequest(.delete, path))
    }

    private func decode<Object: Decodable>(_ response: APIResponse) throws(APIError) -> Object {
        do {
            return try JSONDecoder().decode(Object.self, from: Data(response.body))
        } catch {
            throw .unexpected("\(error)")
        }
    }

    private func encode(_ object: some Encodable) throws(APIError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(object))
        } catch {
            throw .unusable("the object cannot be written as JSON: \(error)")
        }
    }
}
