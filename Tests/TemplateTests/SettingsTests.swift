import NginxSyntax
import Template
import Testing

struct SettingsTests {
    private static let template = "location {{ match }} {\n    {% settings settings %}\n    internal;\n}\n"

    @Test func `each directive stands on a line of its own, in the order of names`() throws {
        var location = Location(match: .prefix(try #require(LocationPath("/"))))
        location.settings.set(SettingDirective("proxy_read_timeout"), to: try #require(TimeSpan(seconds: 90)))
        location.settings.set(SettingDirective("client_max_body_size"), to: try #require(ByteSize("8m")))
        let lines = "    client_max_body_size 8m;\n    proxy_read_timeout 90s;\n"
        #expect(try render(location, Self.template) == "location / {\n\(lines)    internal;\n}\n")
    }

    @Test func `no directive leaves no line`() throws {
        let location = Location(match: .prefix(try #require(LocationPath("/"))))
        #expect(try render(location, Self.template) == "location / {\n    internal;\n}\n")
    }
}
