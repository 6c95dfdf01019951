package import KubernetesClient

/// Whether the objects of a resource can be read, for who keeps a log.
package struct SourceCondition: Sendable, Hashable {
    /// `nil` where it is the versions of the API that are asked for.
    package var resource: APIResource?
    /// `nil` where the objects can be read again.
    package var failure: APIError?

    package init(resource: APIResource?, failure: APIError?) {
        self.resource = resource
        self.failure = failure
    }
}

extension SourceCondition: CustomStringConvertible {
    package var description: String {
        let what = resource.map { "\($0.plural).\($0.version)\($0.group.isEmpty ? "" : ".\($0.group)")" }
        return "\(what ?? "the versions of the API"): \(failure.map { "\($0)" } ?? "read again")"
    }
}
