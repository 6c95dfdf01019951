/// One thing that decides what becomes of a route's requests, in words of its Ingress.
struct RouteTrait: Hashable {
    var kind: Kind
    var text: String

    enum Kind: Hashable, Comparable {
        case backend
        case ingress
        case canary
        case pathType
        case rewrite
        case httpsRedirect
        case appRoot
        /// Whether nginx ends TLS, or passes it on.
        case passthrough
        case certificate
        case strictTransportSecurity
        case clientCertificates
        case allowedAddresses
        case deniedAddresses
        case password
        case authentication
        case satisfy
        case limits
        case blockedRequests
        case cors
        case mirror
        case errorPages
        case session
        case loadBalancing
        case backendProtocol
        case requestHeaders
        case responseHeaders
        case responseChanges
        case accessLog
        case snippet
        /// The clients of a port of TCP or UDP that are served.
        case clients
        /// A directive of nginx by its name.
        case directive(String)
        /// What no other kind stands for.
        case other

        /// The text that stands for a route which sets nothing; `nil` where that is nothing.
        var usual: String? {
            switch self {
            case .loadBalancing: "round_robin"
            case .backendProtocol: "http"
            case .accessLog: "on"
            case .passthrough: "ended by nginx"
            default: nil
            }
        }

        /// The name, as reports print it.
        var name: String {
            switch self {
            case .backend: "backend"
            case .ingress: "Ingress"
            case .canary: "canary"
            case .pathType: "path type"
            case .rewrite: "rewrite"
            case .httpsRedirect: "redirect to HTTPS"
            case .appRoot: "app root"
            case .passthrough: "TLS"
            case .certificate: "certificate"
            case .strictTransportSecurity: "HSTS"
            case .clientCertificates: "client certificates"
            case .allowedAddresses: "allow list"
            case .deniedAddresses: "deny list"
            case .password: "password"
            case .authentication: "external authentication"
            case .satisfy: "satisfy"
            case .limits: "limits"
            case .blockedRequests: "blocked requests"
            case .cors: "CORS"
            case .mirror: "mirror"
            case .errorPages: "error pages"
            case .session: "session cookie"
            case .loadBalancing: "load balancing"
            case .backendProtocol: "backend protocol"
            case .requestHeaders: "request headers"
            case .responseHeaders: "response headers"
            case .responseChanges: "redirects and cookies of the backend"
            case .accessLog: "access log"
            case .snippet: "snippet"
            case .clients: "clients"
            case .directive(let name): name
            case .other: "other settings"
            }
        }
    }
}
