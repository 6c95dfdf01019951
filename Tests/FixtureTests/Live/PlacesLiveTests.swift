import Commands
import Controller
import CurlTestSupport
import Diagnostics
import EchoBackend
import Foundation
import IngressTranslation
import NginxControl
import Synchronization
import TestSupport
import Testing

/// Where clients come from, by the module and a database.
@Suite(.timeLimit(.minutes(10))) struct PlacesLiveTests {
    private static let places: [UInt8] = {
        var database = PlaceDatabase()
        func place(_ code: String, _ name: String) -> PlaceDatabase.Fact {
            .facts([("country", .facts([("iso_code", .text(code)), ("names", .facts([("en", .text(name))]))]))])
        }
        database.add((192, 0, 2, 0), length: 24, place("DE", "Germany"))
        database.add((198, 51, 100, 0), length: 24, place("XX", "Nowhere"))
        return database.content(type: "GeoLite2-Country")
    }()

    @Test func `backends, the log and snippets learn where clients are`() async throws {
        let countries = Mutex<[String]>([])
        try await TemporaryFolder.use { folder in
            try Data(Self.places).write(to: folder.appending(path: "GeoLite2-Country.mmdb"))
            // Whatever lies there, nginx starts.
            try Data("no database".utf8).write(to: folder.appending(path: "GeoLite2-City.mmdb"))
            let databases = InstalledGeoDatabases(scanning: path(of: folder))
            try await ModuleSite.run(
                "geoip2.yaml",
                module: "http_geoip2_module",
                from: "libnginx-mod-http-geoip2",
                changing: { $0.geoDatabases = databases },
                noting: { request in
                    let country = request.header("X-Country")
                    countries.withLock { $0.append(country ?? "none") }
                },
                body: { site in
                    #expect(site.result.diagnostics.map(\.code) == ["geo-database-unusable"])
                    var statuses: [Int] = []
                    for address in ["192.0.2.7", "198.51.100.7", "203.0.113.7"] {
                        let answer = try await site.send("GET http://a.example/", [("X-Forwarded-For", address)])
                        statuses.append(answer.status)
                    }
                    #expect(statuses == [200, 403, 200])
                    // A header without a value is not sent.
                    #expect(countries.withLock { $0 } == ["DE", "none"])
                    let log = path(of: site.folder.appending(path: LivePlaces.accessLog))
                    try await eventually("all requests are logged") {
                        try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").count == 3
                    }
                    let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
                    #expect(lines == ["192.0.2.7 DE Germany", "198.51.100.7 XX Nowhere", "203.0.113.7 - -"])
                }
            )
            let proof = try await ModuleSite.proof(
                of: "geoip2.yaml",
                module: "http_geoip2_module",
                from: "libnginx-mod-http-geoip2",
                changing: { $0.geoDatabases = databases }
            )
            #expect(proof.findings.filter { $0.severity != .note }.map(\.text) == [])
            #expect(proof.exclusions.isEmpty)
        }
    }
}
