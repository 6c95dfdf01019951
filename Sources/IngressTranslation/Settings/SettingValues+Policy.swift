import Incremental
import NginxSyntax
import ProxyConfiguration

extension SettingValues {
    /// What `http` says, which holds for all locations that say nothing else.
    var httpSettings: HTTPSettings {
        HTTPSettings(directives: DirectiveSettings<HTTPBlock>(locationSettings).adding(httpDirectives))
    }

    /// How servers of backends are asked otherwise than everywhere; `nil` where no setting says so.
    var upstreamPolicy: UpstreamPolicy? { nil }

    /// The policy of locations beside what `http` says.
    ///
    /// - Parameter base: The values that `http` is made from.
    func policy(beside base: SettingValues) -> ByReference<LocationPolicy> {
        let isPlain =
            directives == base.directives && responseBuffers == base.responseBuffers && deniedNetwork == nil
        guard !isPlain else { return LocationPolicy.plain }
        return ByReference(
            LocationPolicy(
                settings: locationSettings.differing(from: base.httpSettings.directives),
                access: deniedNetwork.map { AccessPolicy(denied: [$0]) }
            )
        )
    }
}
