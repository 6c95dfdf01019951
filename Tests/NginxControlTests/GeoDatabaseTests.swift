import Foundation
import IngressTranslation
import NginxControl
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

/// The databases of places on a machine.
struct GeoDatabaseTests {
    private static let content: [UInt8] = {
        var database = PlaceDatabase()
        database.add((192, 0, 2, 0), length: 24, .facts([("country", .facts([("iso_code", .text("DE"))]))]))
        return database.content(type: "GeoLite2-Country")
    }()

    private func scan(_ files: [String: [UInt8]]) throws -> InstalledGeoDatabases {
        try TemporaryFolder.use { folder in
            for (name, content) in files { try Data(content).write(to: folder.appending(path: name)) }
            var found = InstalledGeoDatabases(scanning: folder.path(percentEncoded: false))
            found.databases = try found.databases.map { database in
                let name = try #require(database.file.value.split(separator: "/").last)
                return GeoDatabase(database.kind, at: try #require(FilePath("\(name)")))
            }
            return found
        }
    }

    @Test func `are known by their names, that which is sold before that which is free`() throws {
        let names = [
            "GeoLite2-Country.mmdb", "GeoIP2-Country.mmdb", "GeoLite2-ASN.mmdb", "GeoIP2-Domain.mmdb", "notes.txt",
            "GeoLite2-City.mmdb.old", "GeoLite3-City.mmdb",
        ]
        let found = try scan(Dictionary(uniqueKeysWithValues: names.map { ($0, Self.content) }))
        #expect(found.databases.map(\.file.value) == ["GeoIP2-Country.mmdb", "GeoLite2-ASN.mmdb"])
        #expect(found.unusable == [])
    }

    @Test func `are none where the file is another one, or not whole`() throws {
        let found = try scan([
            "GeoLite2-City.mmdb": [], "GeoLite2-ASN.mmdb": Array("<html>".utf8),
            "GeoIP2-ISP.mmdb": Array(Self.content.dropFirst(100)),
            "GeoIP2-Country.mmdb": Array(Self.content.dropLast(9)),
            "GeoLite2-Country.mmdb": Self.content,
        ])
        #expect(found.databases.map(\.file.value) == ["GeoLite2-Country.mmdb"])
        #expect(
            found.unusable == ["GeoIP2-Country.mmdb", "GeoIP2-ISP.mmdb", "GeoLite2-ASN.mmdb", "GeoLite2-City.mmdb"]
        )
    }

    @Test func `are none where there is no folder`() {
        #expect(InstalledGeoDatabases(scanning: "/nonexistent") == InstalledGeoDatabases(in: "/nonexistent"))
    }
}
