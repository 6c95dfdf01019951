import NginxSyntax
import ProxyConfiguration

/// What holds for all hosts.
enum SharedTraits {
    static func changes(from before: Configuration, to after: Configuration) -> [RouteTraitChange] {
        let (old, new) = (before.settings.withoutHandover, after.settings.withoutHandover)
        var changes = Set(old.directives.names + new.directives.names).sorted().compactMap { name in
            change(.directive(name), old.directives.value(of: name), new.directives.value(of: name))
        }
        changes += [
            change(.blockedRequests, old.blocked?.text, new.blocked?.text),
            change(.responseHeaders, old.responseHeaders.text, new.responseHeaders.text),
            change(.directive("set_real_ip_from"), old.forwarding?.proxies.text, new.forwarding?.proxies.text),
        ].compactMap(\.self)
        var rest = old
        (rest.directives, rest.blocked, rest.responseHeaders) = (new.directives, new.blocked, new.responseHeaders)
        if let proxies = new.forwarding?.proxies { rest.forwarding?.proxies = proxies }
        if rest.forwarding == nil || new.forwarding == nil { rest.forwarding = new.forwarding }
        if rest != new || before.process != after.process || before.listeners != after.listeners {
            changes.append(RouteTraitChange(kind: .other))
        }
        return changes
    }

    private static func change(_ kind: RouteTrait.Kind, _ old: String?, _ new: String?) -> RouteTraitChange? {
        old == new ? nil : RouteTraitChange(kind: kind, before: old, after: new)
    }
}

extension HTTPSettings {
    /// Without what it takes that HTTPS gets connections from nginx itself, which is said of the hosts whose TLS is passed
    /// on.
    fileprivate var withoutHandover: HTTPSettings {
        guard let forwarding, forwarding.believesOwnSocket else { return self }
        var settings = self
        settings.forwarding?.believesOwnSocket = false
        if forwarding.proxies.isEmpty { settings.forwarding = nil }
        return settings
    }
}
