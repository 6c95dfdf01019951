/// The outcome of one request, for metrics.
package struct APICall: Sendable, Hashable {
    /// `get`, `list`, `watch`, `create`, `update`, `patch` or `delete`.
    package var verb: String
    /// The plural of the resource with its subresource, such as `ingresses/status`; else the path.
    package var resource: String
    /// The status of the answer; `nil` where none came.
    package var code: Int?
    /// Until the head of the answer came.
    package var duration: Duration
}

extension APICall {
    init(_ request: APIRequest, code: Int?, duration: Duration) {
        let place = Place(request.path)
        verb =
            switch request.method {
            case .get where request.query.contains(.init("watch", "true")): "watch"
            case .get where place.isCollection: "list"
            case .get: "get"
            case .post: "create"
            case .put: "update"
            case .patch: "patch"
            case .delete: "delete"
            }
        resource = place.resource
        self.code = code
        self.duration = duration
    }

    /// The resource that a path names.
    private struct Place {
        var resource: String
        var isCollection = false

        init(_ path: String) {
            var parts = path.split(separator: "/")[...]
            let isGroup = parts.first == "apis" && parts.count > 3
            guard isGroup || (parts.first == "api" && parts.count > 2) else {
                resource = path
                return
            }
            parts = parts.dropFirst(isGroup ? 3 : 2)
            // `/namespaces/NAME` is itself an object, and what comes behind it is what is meant.
            if parts.first == "namespaces", parts.count > 2 { parts = parts.dropFirst(2) }
            let names = Array(parts)
            isCollection = names.count == 1
            resource = names.count > 2 ? "\(names[0])/\(names[2])" : String(names[0])
        }
    }
}
