import TextCoding

/// One request to an API server.
package struct APIRequest: Sendable, Hashable {
    package var method: Method
    /// Below the server's address, such as `/api/v1/services`.
    package var path: String
    package var query: [Query]
    package var body: [UInt8]?
    /// From the start to the end of the answer.
    package var timeout: Duration

    package init(
        _ method: Method,
        _ path: String,
        query: [Query] = [],
        body: [UInt8]? = nil,
        timeout: Duration = .seconds(30)
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.body = body
        self.timeout = timeout
    }

    package enum Method: Sendable, Hashable {
        case get, post, put, delete
        case patch(PatchType)

        var name: String {
            switch self {
            case .get: "GET"
            case .post: "POST"
            case .put: "PUT"
            case .delete: "DELETE"
            case .patch: "PATCH"
            }
        }

        var contentType: String {
            if case .patch(let type) = self { type.rawValue } else { "application/json" }
        }
    }

    package enum PatchType: String, Sendable, Hashable {
        case merge = "application/merge-patch+json"
    }

    /// A part of a query, before it is encoded.
    package struct Query: Sendable, Hashable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The path and the query as they are sent.
    var target: String {
        let pairs = query.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }
        return pairs.isEmpty ? path : "\(path)?\(pairs.joined(separator: "&"))"
    }
}

/// An answer that says that the request succeeded.
package struct APIResponse: Sendable, Hashable {
    package var status: Int
    package var body: [UInt8]

    package init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}
