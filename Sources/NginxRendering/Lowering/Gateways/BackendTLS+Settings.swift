import NginxSyntax
import ProxyConfiguration

extension BackendTLS {
    /// The directives of a location for it, by their names of proxy.
    var settings: DirectiveSettings<NginxSyntax.LocationBlock> {
        var settings = DirectiveSettings<NginxSyntax.LocationBlock>()
        if let certificate {
            settings.set(SettingDirective("proxy_ssl_certificate"), to: certificate)
            settings.set(SettingDirective("proxy_ssl_certificate_key"), to: certificate)
        }
        if let authority { settings.set(SettingDirective("proxy_ssl_trusted_certificate"), to: authority) }
        if verifies { settings.set(SettingDirective("proxy_ssl_verify"), to: true as Flag) }
        if let depth { settings.set(SettingDirective("proxy_ssl_verify_depth"), to: depth) }
        if let name, verifies || sendsName { settings.set(SettingDirective("proxy_ssl_name"), to: name) }
        if sendsName { settings.set(SettingDirective("proxy_ssl_server_name"), to: true as Flag) }
        if !protocols.isEmpty { settings.set(SettingDirective("proxy_ssl_protocols"), to: protocols) }
        if let ciphers { settings.set(SettingDirective("proxy_ssl_ciphers"), to: ciphers) }
        return settings
    }
}
