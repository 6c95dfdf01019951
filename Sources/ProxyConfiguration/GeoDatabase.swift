package import NginxSyntax

/// A database of places of MaxMind, in which nginx looks up the addresses of clients.
package struct GeoDatabase: Sendable, Hashable {
    /// The facts that a database has of an address.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case country = "Country"
        case city = "City"
        /// The network that announces the address.
        case network = "ASN"
        case provider = "ISP"
        case connection = "Connection-Type"
        case anonymity = "Anonymous-IP"
    }

    package let kind: Kind
    package let file: FilePath

    package init(_ kind: Kind, at file: FilePath) { (self.kind, self.file) = (kind, file) }
}

extension GeoDatabase.Kind {
    /// The kind of a file by the name that MaxMind gives it, such as `GeoLite2-City.mmdb`, and whether it is one of
    /// those without a price; `nil` for a name that no variable comes from.
    package static func of(file name: String) -> (kind: Self, isFree: Bool)? {
        guard name.hasSuffix(".mmdb"), let dash = name.firstIndex(of: "-") else { return nil }
        let edition = name[..<dash]
        guard edition == "GeoLite2" || edition == "GeoIP2" else { return nil }
        return Self(rawValue: String(name[name.index(after: dash)...].dropLast(5))).map { ($0, edition == "GeoLite2") }
    }

    /// The variables that nginx has of a database of the kind, under the names that they have in ingress-nginx.
    package var variables: [VariableName] {
        switch self {
        case .country: Self.ofCountry
        case .city: Self.ofCity
        case .network: Self.names("asn", "org")
        case .provider: Self.names("isp", "isp_org", "asn")
        case .connection: Self.names("connection_type")
        case .anonymity: Self.ofAnonymity
        }
    }

    private static let ofCountry = names(
        "country_code",
        "country_name",
        "country_geoname_id",
        "continent_code",
        "continent_name",
        "continent_geoname_id"
    )
    private static let ofCity =
        [VariableName(known: "geoip2_city")]
        + names(
            "city_country_code",
            "city_country_name",
            "city_country_geoname_id",
            "city_geoname_id",
            "postal_code",
            "dma_code",
            "latitude",
            "longitude",
            "time_zone",
            "region_code",
            "region_name",
            "region_geoname_id",
            "subregion_code",
            "subregion_name",
            "subregion_geoname_id",
            "city_continent_code",
            "city_continent_name",
            "city_continent_geoname_id"
        )
    private static let ofAnonymity = names(
        "is_anon",
        "is_anonymous",
        "is_anonymous_vpn",
        "is_hosting_provider",
        "is_public_proxy",
        "is_tor_exit_node"
    )

    private static func names(_ ends: String...) -> [VariableName] { ends.compactMap { VariableName("geoip2_\($0)") } }
}

/// Where nginx looks up the addresses of clients.
package struct GeoLookup: Sendable, Hashable {
    /// One of a kind at most.
    package let databases: [GeoDatabase]
    /// How often nginx looks whether a file is another one; `nil` for when it reads its configuration.
    package let reload: TimeSpan?

    package init(_ databases: [GeoDatabase], reload: TimeSpan? = nil) {
        (self.databases, self.reload) = (databases, reload)
    }
}

extension GeoLookup {
    /// The variables that hold what is found, each once.
    package var variables: [VariableName] {
        var known: Set<VariableName> = []
        return databases.flatMap(\.kind.variables).filter { known.insert($0).inserted }
    }
}
