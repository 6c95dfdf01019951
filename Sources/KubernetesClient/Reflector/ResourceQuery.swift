/// Which objects of a resource are asked for.
package struct ResourceQuery: Sendable, Hashable {
    package var resource: APIResource
    /// `nil` means those of all namespaces.
    package var namespace: String?
    package var fieldSelector: String?
    package var labelSelector: String?

    package init(
        _ resource: APIResource,
        namespace: String? = nil,
        fieldSelector: String? = nil,
        labelSelector: String? = nil
    ) {
        self.resource = resource
        self.namespace = namespace
        self.fieldSelector = fieldSelector
        self.labelSelector = labelSelector
    }

    /// A request for the objects, with what else the query says.
    func request(_ more: [APIRequest.Query], timeout: Duration) -> APIRequest {
        var query: [APIRequest.Query] = []
        if let fieldSelector { query.append(.init("fieldSelector", fieldSelector)) }
        if let labelSelector { query.append(.init("labelSelector", labelSelector)) }
        return APIRequest(.get, resource.path(namespace: namespace), query: query + more, timeout: timeout)
    }
}
