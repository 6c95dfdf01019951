import NginxSyntax
import ProxyConfiguration

extension ExternalAuthValues {
    /// The annotations without effect where nothing names a service.
    static let dependentAnnotations = [
        "auth-always-set-cookie", "auth-cache-duration", "auth-cache-key", "auth-keepalive",
        "auth-keepalive-requests", "auth-keepalive-timeout", "auth-method", "auth-proxy-set-headers",
        "auth-request-redirect", "auth-response-headers", "auth-signin", "auth-signin-redirect-param", "auth-snippet",
    ]

    /// How long answers are kept; `nil` where they are not.
    var cache: Authentication.Cache? {
        guard let cacheKey, !cacheValidity.isEmpty else { return nil }
        return Authentication.Cache(key: cacheKey, validity: cacheValidity)
    }

    /// How the service's endpoints are asked; `nil` where that is as everywhere.
    func upstreamPolicy(balancing: LoadBalancing) -> UpstreamPolicy? {
        guard keptConnections.value > 0 else { return nil }
        var policy = UpstreamPolicy(balancing: balancing)
        policy.keptConnections = KeptConnections(count: keptConnections, requests: keptRequests, idleTime: keptTime)
        return policy
    }
}

extension DirectiveSettings<LocationBlock> {
    /// The settings of a location for the question of whether its requests may pass.
    func asking(keepsAnswers: Bool) -> DirectiveSettings {
        var settings = self
        // nginx compares the length of the request with the question's own limit as well.
        settings.set(SettingDirective("client_max_body_size"), to: ByteSize.zero)
        // Only an answer that is buffered is kept.
        if keepsAnswers { settings.set(SettingDirective("proxy_buffering"), to: true as Flag) }
        return settings
    }
}
