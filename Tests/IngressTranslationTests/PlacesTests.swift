import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Clients' addresses in databases of places, for which nginx has no module of its own.
struct PlacesTests {
    private static let module = "ngx_http_geoip2_module.so"
    private static let country = FilePath(known: "/geo/GeoLite2-Country.mmdb")

    private static let installed = InstalledGeoDatabases(in: "/geo", [GeoDatabase(.country, at: country)])

    private func result(
        _ keys: [String: String],
        headers: [String: String] = [:],
        modules: [String]? = [module],
        installed: InstalledGeoDatabases = installed
    ) throws -> Translation {
        var snapshot = snapshot(
            [ingress(annotations: ["server-snippet": Self.guarding], rule("a.example", path("/")))],
            services: [service()],
            slices: [slice("shop/web", ["10.0.0.1"])]
        )
        let keys = keys.merging(["allow-snippet-annotations": "true"]) { $1 }
        snapshot.configMaps = [globalConfigMap(keys), ConfigMap(metadata: metadata("postern/sent"), data: headers)]
        let settings = try settings {
            $0.globalConfigMap = globalName
            $0.geoDatabases = installed
            $0.capabilities = modules.flatMap { files in
                NginxCapabilities(versionOutput: "nginx version: nginx/1.22.1 --modules-path=/modules")?
                    .loading(from: files)
            }
        }
        return translate(snapshot, with: settings)
    }

    private static let guarding = "if ($geoip2_country_code = XX) { return 403; }"

    private static let naming = [
        "use-geoip2": "true", "log-format-upstream": "$remote_addr $geoip2_country_code",
        "proxy-set-headers": "postern/sent",
    ]

    @Test func `what is found may be named by logs, headers and snippets`() throws {
        let headers = ["X-Country": "$geoip2_country_code"]
        let keys = Self.naming.merging(["geoip2-autoreload-in-minutes": "90"]) { $1 }
        let result = try result(keys, headers: headers)
        #expect(result.codes == [])
        let settings = result.configuration.settings
        #expect(settings.places == GeoLookup(Self.installed.databases, reload: TimeSpan("90m")))
        #expect(settings.log.format?.text.description.contains("$geoip2_country_code") == true)
        #expect(settings.requestHeaders.headers.map(\.value.description) == ["$geoip2_country_code"])
        // nginx alone knows where a client is.
        #expect(result.answer("a.example", "/") == "undecided")
    }

    @Test func `a map of http may have what is found for its source`() throws {
        let map = "map $geoip2_country_code $wanted { default yes; XX no; }"
        let result = try result(["use-geoip2": "true", "http-snippet": map])
        #expect(result.codes == [])
        #expect(result.configuration.settings.maps.map(\.source.description) == ["$geoip2_country_code"])
    }

    @Test(
        arguments: [
            (nil, installed, "configmap-key-not-read"), ([], installed, "configmap-key-not-read"),
            ([module], InstalledGeoDatabases(in: "/geo"), "geo-databases-missing"),
        ] as [([String]?, InstalledGeoDatabases, String)]
    )
    func `without the module, or a database, nothing can be named, and a guard closes`(
        _ modules: [String]?,
        _ installed: InstalledGeoDatabases,
        _ code: String
    ) throws {
        let headers = ["X-Country": "$geoip2_country_code"]
        let result = try result(Self.naming, headers: headers, modules: modules, installed: installed)
        let expected = [code, "configmap-key-invalid", "header-left-out", "snippet-refused"]
        #expect(result.codes.sorted() == expected.sorted())
        #expect(result.configuration.settings.places == nil)
        #expect(result.configuration.settings.log.format == nil)
        #expect(result.answer("a.example", "/") == "503")
        let hint = result.diagnostics.first { $0.code == code }?.hint
        #expect(hint?.contains(code == "geo-databases-missing" ? "geoipupdate" : "libnginx-mod-http-geoip2") == true)
    }

    @Test func `a variable of another database is not known`() throws {
        let result = try result(["use-geoip2": "true", "log-format-upstream": "$geoip2_city"])
        #expect(result.codes == ["configmap-key-invalid"])
    }

    @Test func `a file that is no database is reported, and the others count`() throws {
        var installed = Self.installed
        installed.unusable = ["GeoLite2-City.mmdb"]
        let result = try result(["use-geoip2": "true"], installed: installed)
        #expect(result.codes == ["geo-database-unusable"])
        #expect(result.configuration.settings.places?.databases == installed.databases)
    }

    @Test(arguments: ["false", nil]) func `nothing is looked up unless that is asked for`(_ value: String?) throws {
        var keys: [String: String] = [:]
        keys["use-geoip2"] = value
        let result = try result(keys, installed: InstalledGeoDatabases(in: "/geo"))
        #expect(result.codes == ["snippet-refused"])
        #expect(result.configuration.settings.places == nil)
    }

    @Test(arguments: ["-1", "1.5", "525601", "1h", "a"])
    func `databases are read anew after whole minutes`(_ minutes: String) throws {
        let result = try result(["use-geoip2": "true", "geoip2-autoreload-in-minutes": minutes])
        #expect(result.codes == ["configmap-key-invalid"])
        #expect(result.configuration.settings.places?.reload == nil)
    }
}
