/// Where clients reach an Ingress, as its `status.loadBalancer` tells.
///
/// See [Ingress status](https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/#IngressStatus).
package enum LoadBalancerAddress: Sendable, Hashable {
    case ip(String)
    case hostname(String)
}
