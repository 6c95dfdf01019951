import Foundation
import TestSupport
import Testing

@testable import Commands

/// The output of `postern annotations` and `postern keys`, and the pages of the documentation that are made so.
struct SettingListingTests {
    @Test(arguments: [(SettingListing.Place.annotations, "annotations"), (.keys, "configmap")])
    func `the documentation has what the command prints`(_ place: SettingListing.Place, _ page: String) throws {
        let file = PackageRoot.url.appending(path: "Documentation/\(page).md")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            try SettingListing(place).markdown.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == SettingListing(place).markdown)
    }

    @Test func `every annotation and key of ingress-nginx is there`() {
        #expect(SettingListing(.annotations).entries.count == 138)
        #expect(Set(SettingListing(.annotations).entries.map(\.name)).count == 138)
        #expect(SettingListing(.keys).entries.count == 193)
        #expect(Set(SettingListing(.keys).entries.map(\.name)).count == 193)
    }

    @Test func `a name selects one`() throws {
        var listing = SettingListing(.annotations)
        try listing.select(["proxy-read-timeout"])
        #expect(
            listing.text == """
                proxy-read-timeout
                  seconds, 60 by default; paths of the Ingress; risk Low
                  Limits the time between two reads of an endpoint's response.
                  Identical in ingress-nginx.

                """
        )
    }

    @Test(arguments: [
        ("from-to-www-redirect", "  Differs: The URL has no port"),
        ("auth-keepalive-share-vars", "  Would need: nothing: it is so"),
    ])
    func `what differs or is missing is said`(_ name: String, _ line: String) throws {
        var listing = SettingListing(.annotations)
        try listing.select([name])
        #expect(listing.text.split(separator: "\n").last?.hasPrefix(line) ?? false)
    }

    @Test(arguments: [SettingListing.Place.annotations, .keys])
    func `each is counted as identical, different or not read`(_ place: SettingListing.Place) {
        let listing = SettingListing(place)
        let (identical, different, notRead) = listing.counts
        #expect(identical + different + notRead == listing.entries.count)
        #expect(listing.markdown.contains("\(identical) do what they do in ingress-nginx"))
    }

    @Test func `a name that there is none of is refused, with what was meant`() {
        var listing = SettingListing(.keys)
        let failure = #expect(throws: CommandFailure.self) { try listing.select(["hstss"]) }
        #expect(failure?.description == "ingress-nginx has no key 'hstss'; did you mean 'hsts'?")
    }

    @Test func `JSON has the same fields for each`() throws {
        let json = try JSONSerialization.jsonObject(with: Data(SettingListing(.annotations).json.utf8))
        let records = try #require(json as? [[String: Any]])
        #expect(records.count == 138)
        #expect(records.allSatisfy { $0["name"] is String && $0["isRead"] is Bool && $0["effect"] is String })
        #expect(
            records.allSatisfy { record in
                switch record["comparison"] as? String {
                case "identical": record["difference"] == nil && record["need"] == nil
                case "different": record["difference"] is String && record["need"] == nil
                case "missing": record["isRead"] as? Bool == false && record["need"] is String
                default: false
                }
            }
        )
        let alias = try #require(records.first { $0["name"] as? String == "whitelist-source-range" })
        #expect(alias["aliasOf"] as? String == "allowlist-source-range")
    }
}
