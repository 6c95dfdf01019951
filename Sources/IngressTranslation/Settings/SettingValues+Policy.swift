import Incremental
import NginxSyntax
import ProxyConfiguration

extension SettingValues {
    /// The directives of `http`, which hold for all locations that say nothing else.
    var httpSettings: DirectiveSettings<HTTPBlock> { DirectiveSettings(locationSettings) }

    /// The policy of locations beside what `http` says.
    ///
    /// - Parameter base: The values that `http` is made from.
    func policy(beside base: SettingValues) -> ByReference<LocationPolicy> {
        guard directives != base.directives || responseBuffers != base.responseBuffers else {
            return LocationPolicy.plain
        }
        return ByReference(LocationPolicy(settings: locationSettings.differing(from: base.httpSettings)))
    }
}
