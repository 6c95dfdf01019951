package import KubernetesClient

/// A change of the connection to an API server, for logs and metrics.
package enum ClusterConnectionChange: Sendable, Hashable {
    /// It is not known yet what the API server has; it is asked again.
    case undiscovered(APIError)
    /// A resource cannot be read now; what was read of it before still counts.
    case failing(APIResource, APIError)
    /// It cannot be read for the same reason as before.
    case stillFailing(APIResource, APIError)
    /// A resource can be read again.
    case recovered(APIResource)
    /// All of a resource was read anew, because what has changed since the last time is no longer known.
    case relisted(APIResource)
    /// All that is needed has been read.
    case complete
}
