/// Names that the classes of other controllers usually have.
///
/// Manifests often name such a class beside ours without the IngressClass itself.
enum OtherClasses {
    static let names: Set<String> = [
        "alb", "ambassador", "apisix", "application-gateway", "avi-lb", "azure-application-gateway",
        "azure-alb-external", "caddy", "cce", "cilium", "cloud", "cloudflare-tunnel", "contour", "emissary-ingress",
        "f5", "f5-nginx", "gce", "gce-internal", "gclb", "gloo", "haproxy", "haproxy-ingress", "higress", "istio",
        "kong", "kourier", "kusk", "merbridge", "ngrok", "openshift-default", "openshift-public", "pomerium",
        "skipper", "tailscale", "traefik", "traefik-external", "traefik-internal", "traefik-lb", "tyk", "voyager",
        "webapprouting.kubernetes.azure.com", "yandex-alb",
    ]
}
