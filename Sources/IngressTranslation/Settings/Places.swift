import Diagnostics
import Incremental
import NginxSyntax
package import ProxyConfiguration

/// The databases of places on the machine of nginx.
package struct InstalledGeoDatabases: Sendable, Hashable {
    /// The folder that they are looked for in.
    package var folder: String
    /// One of a kind at most.
    package var databases: [GeoDatabase]
    /// The names of files that are named like databases and are none.
    package var unusable: [String]

    /// The folder in which ingress-nginx has them.
    package static let usualFolder = "/etc/ingress-controller/geoip"

    package init(in folder: String = Self.usualFolder, _ databases: [GeoDatabase] = [], unusable: [String] = []) {
        (self.folder, self.databases, self.unusable) = (folder, databases, unusable)
    }
}

/// What is looked up of clients' addresses.
struct GeoValues: Sendable, Hashable {
    var isOn = false
    /// Zero for never.
    var reload = GeoValues.never
    var installed = GeoValues.none

    private static let never = TimeSpan(seconds: UInt16(0))
    private static let none = ByReference(InstalledGeoDatabases())

    /// `nil` where nothing is, or can be.
    var lookup: GeoLookup? {
        let databases = installed.value.databases
        guard isOn, !databases.isEmpty else { return nil }
        return GeoLookup(databases, reload: reload == Self.never ? nil : reload)
    }

    /// The variables that hold what is found.
    var variables: [VariableName] { lookup?.variables ?? [] }

    /// The same, for snippets.
    var declared: DeclaredVariables {
        var declared = DeclaredVariables()
        for variable in variables { declared.names[variable.value] = variable }
        return declared
    }

    func findings(of source: SettingSource) -> [Diagnostic] {
        guard isOn, case .global = source, source.value("use-geoip2") != nil else { return [] }
        let installed = installed.value
        let unusable = installed.unusable.map { file in
            source.finding(
                .warning,
                common: "geo-database-unusable",
                "'\(installed.folder)/\(file)' is no database that nginx can read; nothing is looked up in it",
                at: "use-geoip2"
            )
        }
        guard installed.databases.isEmpty else { return unusable }
        return unusable + [
            source.finding(
                .warning,
                common: "geo-databases-missing",
                "'use-geoip2' has no effect: there is no database of MaxMind in '\(installed.folder)'; variables such as "
                    + "$geoip2_country_code are unknown",
                at: "use-geoip2",
                hint: "put files such as GeoLite2-Country.mmdb there, as MaxMind's geoipupdate does"
            )
        ]
    }
}

/// Where clients come from.
enum Places {
    static let settings: [Setting] = [
        .value(
            "geoip2-autoreload-in-minutes",
            .minutes,
            \.geo.reload,
            default: "0",
            scope: .http,
            from: .global,
            "Sets how often nginx looks whether a database of places is another file; 0 has it look when it reads its "
                + "configuration."
        ).identical,
        .value(
            "use-geoip2",
            .bool,
            \.geo.isOn,
            default: "false",
            scope: .http,
            from: .global,
            "Looks clients' addresses up in the databases of MaxMind that lie beside nginx, so that log formats, the headers of "
                + "'add-headers' and 'proxy-set-headers', and snippets may name what is found: $geoip2_country_code, "
                + "$geoip2_city, $geoip2_asn and the like."
        ).needing("geoip2").differs(
            "nginx has to have the module, ngx_http_geoip2_module.so, and databases are not downloaded; without either a "
                + "finding says so, and a snippet that guards by such a variable closes."
        ),
    ]
}

extension ValueParser<TimeSpan> {
    /// Whole minutes of a year at most.
    fileprivate static let minutes = ValueParser(
        type: "minutes",
        examples: ["0", "1440"],
        write: { "\($0.milliseconds / 60_000)" }
    ) { text throws(ValueError) in
        guard let minutes = Int(text), (0...525_600).contains(minutes), let time = TimeSpan(seconds: minutes * 60)
        else {
            throw ValueError(reason: "is no number of minutes from 0 to 525600")
        }
        return time
    }
}
