/// Every setting of ingress-nginx, those that Postern reads and those that it does not.
package enum SettingTable {
    /// The settings by what a user wants of them.
    package static let features: [(name: String, settings: [Setting])] = [
        ("Affinity", Affinity.settings),
        ("BackendRequests", BackendRequests.settings),
        ("Balancing", Balancing.settings),
        ("BasicAuth", BasicAuth.settings),
        ("Brotli", Brotli.settings),
        ("Buffers", Buffers.settings),
        ("CORS", CORS.settings),
        ("Canary", Canary.settings),
        ("ClientCertificates", ClientCertificateSettings.settings),
        ("Clients", Clients.settings),
        ("Errors", Errors.settings),
        ("ExternalAuth", ExternalAuth.settings),
        ("GatewayProtocols", GatewayProtocols.settings),
        ("Firewall", FirewallSettings.settings),
        ("Gzip", Gzip.settings),
        ("HSTS", HSTS.settings),
        ("HTTPSRedirects", HTTPSRedirects.settings),
        ("Headers", Headers.settings),
        ("Hosts", Hosts.settings),
        ("Limits", Limits.settings),
        ("Logging", Logging.settings),
        ("Mirror", Mirror.settings),
        ("Modules", Modules.settings),
        ("Places", Places.settings),
        ("Policies", Policies.settings),
        ("Process", Process.settings),
        ("ProxyRedirects", ProxyRedirects.settings),
        ("RealIP", RealIP.settings),
        ("Redirects", Redirects.settings),
        ("Rewriting", Rewriting.settings),
        ("Snippets", Snippets.settings),
        ("SourceRanges", SourceRanges.settings),
        ("Stream", Stream.settings),
        ("TLS", TLS.settings),
        ("Telemetry", Telemetry.settings),
        ("UpstreamTLS", UpstreamTLS.settings),
    ]

    /// In the order of their names.
    package static let all = features.flatMap(\.settings).sorted { $0.name < $1.name }

    /// Annotations by every name that they have.
    static let annotations = byName { $0.isAnnotation ? $0.aliases : nil }
    /// The keys of ConfigMaps by name, also those that a class's may not hold.
    static let keys = byName { $0.isGlobalKey ? [] : nil }

    /// The settings that Ingresses of one host share.
    static let ofServers = all.filter { $0.scope == .server && $0.field != nil }

    /// Those that keep clients away.
    static let guards = all.filter { $0.guardRule != nil }

    /// The names of annotations in the order in which one is suggested: those first that are read.
    static let annotationNames = suggestions(annotations)
    static let keyNames = suggestions(keys)

    /// - Parameter names: The other names of a setting in a place; `nil` where it cannot be set there.
    private static func byName(_ names: (SettingPlaces) -> [String]?) -> [String: Setting] {
        let rows = all.flatMap { setting in
            (names(setting.places).map { [setting.name] + $0 } ?? []).map { ($0, setting) }
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    private static func suggestions(_ settings: [String: Setting]) -> [String] {
        let read = settings.filter { $0.value.field != nil }.keys
        return read.sorted() + settings.keys.filter { !read.contains($0) }.sorted()
    }
}
