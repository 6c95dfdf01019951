import Incremental
import NginxSyntax

extension LocationPolicy {
    /// Whether something of it could keep a probe from its backend.
    var hasShadowForm: Bool {
        blocked != nil || limits != nil || access != nil || passwords != nil || authentication != nil
            || mirror != nil || firewall != nil || settings.value(of: "otel_trace") != nil
            || errorPages?.hasShadowForm ?? false
    }

    /// The part of the policy that a shadow keeps.
    var shadowForm: LocationPolicy {
        var shadow = self
        // Probes come through a Unix socket, and so from no network that could be admitted.
        shadow.access = nil
        // There are more of them than one client may send.
        shadow.limits = nil
        // Nobody outside of the shadow gets one.
        shadow.mirror = nil
        // They bring no password.
        shadow.passwords = nil
        // Nor do they name what others are refused for.
        shadow.blocked = nil
        // Each probe is to show that the service is asked.
        shadow.admitsByOneGuard = false
        shadow.authentication = authentication?.shadowForm
        // Nothing that is proven is traced.
        shadow.settings = settings.without(["otel_trace"])
        // Probes are no requests of browsers, which rules may mind.
        shadow.firewall = firewall.map { ByReference($0.value.shadowForm) }
        shadow.errorPages = errorPages?.shadowForm
        return shadow
    }
}
