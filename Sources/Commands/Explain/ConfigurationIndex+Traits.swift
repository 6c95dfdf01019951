import NginxSyntax

extension ConfigurationIndex {
    /// The lines from the first to the last directive that stand for a trait of a route, in its location or else in its
    /// server; `nil` where none does.
    func lines(of kind: RouteTrait.Kind, in location: Directive, of server: Directive) -> ClosedRange<Int>? {
        let server = (server.block ?? []).filter { $0.name != "location" }
        for directives in [location.block ?? [], server] {
            let found = directives.filter(kind.isSaid)
            guard let first = found.first, let last = found.last else { continue }
            // Between scattered ones stands what is not meant.
            let end = kind.isTogether ? range(of: last).upperBound : range(of: first).upperBound
            return first.line...end
        }
        return nil
    }
}

extension RouteTrait.Kind {
    /// Whether its directives stand one after another.
    fileprivate var isTogether: Bool {
        switch self {
        case .allowedAddresses, .deniedAddresses, .limits, .requestHeaders, .responseHeaders, .responseChanges: true
        default: false
        }
    }

    /// Whether a directive stands for it.
    fileprivate func isSaid(by directive: Directive) -> Bool {
        let words = directive.arguments
        switch self {
        case .backend, .canary, .backendProtocol:
            return ["proxy_pass", "grpc_pass", "fastcgi_pass", "return"].contains(directive.name)
        case .rewrite: return directive.name == "rewrite"
        case .httpsRedirect: return directive.name == "if" && words.last == "http)"
        case .appRoot: return directive.name == "if" && words.first == "($uri"
        case .certificate: return directive.name == "ssl_certificate"
        case .strictTransportSecurity: return directive.addsHeader("Strict-Transport-Security")
        case .clientCertificates: return directive.name == "ssl_verify_client"
        case .allowedAddresses: return directive.name == "allow"
        case .deniedAddresses: return directive.name == "deny" && words != ["all"]
        case .password: return directive.name == "auth_basic"
        case .authentication: return directive.name == "auth_request"
        case .satisfy: return directive.name == "satisfy"
        case .limits: return directive.name == "limit_conn" || directive.name == "limit_req"
        case .cors: return directive.addsHeader("Access-Control-Allow-Origin")
        case .mirror: return directive.name == "mirror"
        case .errorPages: return directive.name == "error_page"
        case .session: return directive.addsHeader("Set-Cookie")
        case .requestHeaders: return ["proxy_set_header", "grpc_set_header"].contains(directive.name)
        case .responseHeaders: return directive.name == "add_header"
        case .responseChanges:
            return ["proxy_redirect", "proxy_cookie_domain", "proxy_cookie_path"].contains(directive.name)
        case .accessLog: return directive.name == "access_log"
        case .directive(let name): return directive.name == name
        case .ingress, .pathType, .passthrough, .clients, .blockedRequests, .loadBalancing, .snippet, .other:
            return false
        }
    }
}

extension Directive {
    fileprivate func addsHeader(_ header: String) -> Bool { name == "add_header" && arguments.first == header }
}
