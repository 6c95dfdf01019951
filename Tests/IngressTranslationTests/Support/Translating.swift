import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// The time of every translation here, in seconds since 1970.
let now: Int64 = 1_750_000_000

/// Settings as of a cluster, where nothing is assumed.
func settings(_ change: (inout TranslationSettings) -> Void = { _ in }) throws -> TranslationSettings {
    let certificate = PrivateFile(
        .certificate,
        file: try #require(FilePath("tls/default.pem")),
        content: SecretBytes([])
    )
    var settings = TranslationSettings(
        fallbackCertificate: certificate,
        listeners: [
            Listener(.http, at: .port(try #require(PortNumber(80)))),
            Listener(.https, at: .port(try #require(PortNumber(443)))),
        ],
        now: now
    )
    settings.assumesMissingObjects = false
    settings.readsManifests = false
    settings.resolvers = [.internet(try #require(IPAddress("10.96.0.10")), try #require(PortNumber(53)))]
    change(&settings)
    return settings
}

/// Settings for manifests in a repository.
func offline() throws -> TranslationSettings {
    try settings {
        $0.assumesMissingObjects = true
        $0.readsManifests = true
    }
}

/// A translation of Ingresses whose Services `web`, `api` and `other` of namespace `shop` have endpoints.
func translated(
    _ ingresses: Ingress...,
    secrets: [Secret] = [],
    with settings: TranslationSettings? = nil
) throws -> Translation {
    let names = ["shop/web", "shop/api", "shop/other", "blog/web"]
    let snapshot = snapshot(
        ingresses,
        services: names.map { service($0) },
        slices: names.enumerated().map { slice($1, ["10.0.0.\($0 + 1)"]) },
        secrets: secrets
    )
    return translate(snapshot, with: try settings ?? IngressTranslationTests.settings())
}

/// The translation of one path to `wanted` of Service `shop/web`.
func translation(
    _ wanted: String,
    _ services: [Service],
    _ slices: [EndpointSlice] = [],
    with settings: TranslationSettings? = nil
) throws -> Translation {
    let snapshot = snapshot(
        [ingress(rule("a.example", path("/", to: wanted)))],
        services: services,
        slices: slices
    )
    return translate(snapshot, with: try settings ?? IngressTranslationTests.settings())
}

extension Translation {
    /// Each finding as `Ingress shop/web field severity code`, or what of that there is.
    var findings: [String] {
        diagnostics.map { diagnostic in
            [diagnostic.object?.description, diagnostic.field, diagnostic.severity.rawValue, diagnostic.code]
                .compactMap(\.self).joined(separator: " ")
        }
    }

    var codes: [String] { diagnostics.map(\.code) }

    /// The outcome of a request: `shop_web_80 /target`, `404`, `308 https://…`.
    func answer(_ host: String, _ target: String, _ scheme: Listener.Scheme = .http) -> String {
        switch configuration.route(Request(scheme: scheme, host: host, target: target)).outcome {
        case .proxied(let backends, let target): "\(backends.map(\.readable).joined(separator: " or ")) \(target)"
        case .denied: "403"
        case .undecided: "undecided"
        case .redirected(let status, let url): "\(status) \(url)"
        case .answered(let status): "\(status)"
        case .preflight: "204"
        case .stubStatus: "counters"
        case .passedThrough(let service): "passed to \(service?.value ?? "nobody")"
        }
    }

    func server(_ host: String) -> VirtualServer? {
        configuration.servers.first { $0.host.text == host }
    }

    /// The servers of each upstream, by its readable name.
    var upstreams: [String: [String]] {
        Dictionary(
            uniqueKeysWithValues: configuration.upstreams.map { ($0.name.readable, $0.servers.map(\.description)) }
        )
    }
}

extension Backend {
    /// The upstream's name without the hash in front, or the host and port that are resolved while serving.
    var readable: String {
        switch self {
        case .upstream(let name): name.readable
        case .name(let host, let port): "\(host):\(port)"
        }
    }
}

extension Identifier {
    /// The name of an upstream without the hash in front.
    var readable: String { String(value.drop { $0 != "_" }.dropFirst()) }
}
