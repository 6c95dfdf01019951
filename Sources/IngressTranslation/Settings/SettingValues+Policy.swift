import Incremental
import NginxSyntax
import ProxyConfiguration

extension SettingValues {
    /// The settings of `http`, which hold for all locations that set nothing else.
    var httpSettings: HTTPSettings {
        var settings = HTTPSettings(
            directives: DirectiveSettings<HTTPBlock>(locationSettings).adding(httpDirectives),
            requestHeaders: realIP.requestHeaders.overridden(by: tls.requestHeaders)
                .overridden(by: headers.requestHeaders)
                .overridden(by: snippets.http?.value.requestHeaders ?? RequestHeaders()),
            responseHeaders: headers.responseHeaders.with(snippets.http?.value.responseHeaders ?? ResponseHeaders())
        )
        tls.add(to: &settings.directives)
        process.add(to: &settings.directives)
        brotli.add(to: &settings.directives)
        if telemetry.exporter != nil {
            settings.directives.set(SettingDirective("otel_service_name"), to: telemetry.collector.value.service)
        }
        settings.passesServerHeader = headers.passesServer
        settings.makesRequestIDs = headers.makesRequestIDs
        settings.showsVersion = headers.showsVersion
        settings.hasSocketPerWorker = listening.hasSocketPerWorker
        settings.tls = tls.settings
        settings.blocked = sourceRanges.blocked
        settings.forwarding = realIP.forwarding
        settings.responseChanges = responseChanges.httpChanges
        settings.maps = snippets.http?.value.maps ?? []
        settings.log = logging.accessLog
        settings.places = geo.lookup
        settings.firewall = firewall.module
        settings.tracing = telemetry.exporter
        settings.keptConnections = keptConnections
        settings.resolvesIPv4Only = resolvesIPv4Only
        return settings
    }

    /// The settings of nginx's processes, beside the places of their files.
    ///
    /// - Parameter settings: What the options say, which holds where no key does.
    func processSettings(beside settings: ProcessSettings) -> ProcessSettings {
        var result = settings
        result.directives = mainDirectives
        result.events = eventsDirectives
        result.debuggedNetworks = process.debuggedNetworks
        result.workerShutdownTimeout = process.workerShutdownTimeout ?? settings.workerShutdownTimeout
        result.errorLog = logging.errorDestination ?? settings.errorLog
        result.errorLogLevel = logging.errorLevel
        // nginx has no level without a file.
        if logging.errorLevel != nil, result.errorLog == nil { result.errorLog = LoggingValues.usualErrorLog }
        return result
    }

    /// The policy of upstreams; `nil` where it is that of all others.
    ///
    /// - Parameter base: The values of Ingresses that set nothing.
    func upstreamPolicy(beside base: SettingValues) -> UpstreamPolicy? {
        // A canary's clients are kept as the other Ingress says.
        if let rule = affinity.rule, !canary.isOn { return UpstreamPolicy(balancing: .session(rule)) }
        guard balancing != base.balancing else { return nil }
        return balancing.balancing.map { UpstreamPolicy(balancing: $0) }
    }

    /// The policy of locations beside what `http` says.
    ///
    /// - Parameters:
    ///   - base: The values that `http` is made from.
    ///   - http: The directives of `http`.
    func policy(beside base: SettingValues, _ http: DirectiveSettings<HTTPBlock>) -> ByReference<LocationPolicy> {
        let access = sourceRanges.access
        let blocked = sourceRanges.blocked == base.sourceRanges.blocked ? nil : sourceRanges.blocked
        let isPlain =
            directives == base.directives && gateway.grpcBuffer == base.gateway.grpcBuffer
            && responseBuffers == base.responseBuffers && access == nil && blocked == nil
            && headers.custom == nil && gateway.fastCGI == nil
            && cors.policy == nil && redirects.isRelative == base.redirects.isRelative
            && https.namesPort == base.https.namesPort && logging.logsRequests && retries == base.retries
            && affinity.session == nil && responseChanges == base.responseChanges
            && backendHeaders.requestHeaders == nil && snippets.ofLocations == nil && !firewall.isOn
            && telemetry == base.telemetry
        guard !isPlain else { return LocationPolicy.plain }
        var policy = LocationPolicy(
            settings: locationSettings.differing(from: http),
            requestHeaders: backendHeaders.requestHeaders,
            responseHeaders: headers.custom,
            responseChanges: responseChanges.changes.differing(from: base.responseChanges.changes),
            cors: cors.policy,
            blocked: blocked,
            access: access
        )
        policy.admitsByOneGuard = sourceRanges.admitsByOneGuard && access != nil
        policy.fastCGI = gateway.fastCGI
        policy.session = affinity.session
        policy.isLogged = logging.logsRequests
        policy.firewall = firewall.firewall
        if let snippet = snippets.ofLocations {
            policy.take(snippet, redirectingBy: redirects, namesPort: https.namesPort)
        }
        return ByReference(policy)
    }
}
