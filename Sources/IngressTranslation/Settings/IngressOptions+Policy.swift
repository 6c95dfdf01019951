import Incremental
import NginxSyntax
import ProxyConfiguration

extension IngressOptions {
    /// What `http` says for all locations that say nothing else.
    static let httpSettings = DirectiveSettings<HTTPBlock>(builtIn.locationSettings)

    /// What locations say beside `http`.
    var policy: ByReference<LocationPolicy> {
        // Nearly all Ingresses set nothing of it, and share the list that they were given.
        guard directives != Self.builtIn.directives || responseBuffers != Self.builtIn.responseBuffers else {
            return LocationPolicy.plain
        }
        return ByReference(LocationPolicy(settings: locationSettings.differing(from: Self.httpSettings)))
    }
}
