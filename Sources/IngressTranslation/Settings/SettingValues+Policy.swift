import Incremental
import NginxSyntax
import ProxyConfiguration

extension SettingValues {
    /// What `http` says, which holds for all locations that say nothing else.
    var httpSettings: HTTPSettings {
        HTTPSettings(directives: DirectiveSettings<HTTPBlock>(locationSettings).adding(httpDirectives))
    }

    /// The policy of upstreams; `nil` where it is that of all others.
    ///
    /// - Parameter base: The values of Ingresses that set nothing.
    func upstreamPolicy(beside base: SettingValues) -> UpstreamPolicy? {
        guard balancing != base.balancing else { return nil }
        return balancing.balancing.map { UpstreamPolicy(balancing: $0) }
    }

    /// The policy of locations beside what `http` says.
    ///
    /// - Parameter base: The values that `http` is made from.
    func policy(beside base: SettingValues) -> ByReference<LocationPolicy> {
        let isPlain =
            directives == base.directives && responseBuffers == base.responseBuffers && deniedNetwork == nil
            && cors.policy == nil && redirects.isRelative == base.redirects.isRelative
            && https.namesPort == base.https.namesPort
        guard !isPlain else { return LocationPolicy.plain }
        return ByReference(
            LocationPolicy(
                settings: locationSettings.differing(from: base.httpSettings.directives),
                cors: cors.policy,
                access: deniedNetwork.map { AccessPolicy(denied: [$0]) }
            )
        )
    }
}
