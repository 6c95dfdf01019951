import NginxSyntax
import Testing

struct DirectiveSettingsTests {
    private let timeout = SettingDirective<TimeSpan>("proxy_read_timeout")
    private let size = SettingDirective<ByteSize>("client_max_body_size")

    @Test func `the latest value of a directive is the one that counts`() throws {
        var settings = DirectiveSettings<LocationBlock>()
        settings.set(timeout, to: try #require(TimeSpan(seconds: 1)))
        settings.set(timeout, to: try #require(TimeSpan(seconds: 2)))
        #expect(settings.texts == ["proxy_read_timeout 2s"])
    }

    @Test func `what an outer block sets to the same is left out`() throws {
        var outer = DirectiveSettings<HTTPBlock>()
        outer.set(timeout, to: try #require(TimeSpan(seconds: 1)))
        outer.set(size, to: try #require(ByteSize("1m")))
        var inner = DirectiveSettings<LocationBlock>()
        inner.set(timeout, to: try #require(TimeSpan(seconds: 1)))
        inner.set(size, to: try #require(ByteSize("2m")))
        #expect(inner.differing(from: outer).texts == ["client_max_body_size 2m"])
    }

    @Test func `of directives that belong together all are kept where one differs`() throws {
        var outer = DirectiveSettings<HTTPBlock>()
        outer.set(size, to: try #require(ByteSize("1m")), group: "both")
        outer.set(timeout, to: try #require(TimeSpan(seconds: 1)), group: "both")
        var inner = DirectiveSettings<LocationBlock>(outer)
        #expect(inner.differing(from: outer).isEmpty)
        inner.set(size, to: try #require(ByteSize("2m")), group: "both")
        #expect(inner.differing(from: outer).texts == ["client_max_body_size 2m", "proxy_read_timeout 1s"])
    }

    @Test func `two sets of directives are equal whatever the order in which they were set`() throws {
        let second = try #require(TimeSpan(seconds: 1))
        let mega = try #require(ByteSize("1m"))
        var (one, other) = (DirectiveSettings<LocationBlock>(), DirectiveSettings<LocationBlock>())
        one.set(timeout, to: second)
        one.set(size, to: mega)
        other.set(size, to: mega)
        other.set(timeout, to: second)
        #expect(one == other)
        #expect(one.names == ["client_max_body_size", "proxy_read_timeout"])
    }

    @Test(arguments: [
        ("error timeout http_502", "error timeout"), ("http_502 http_504", "off"), ("http_503 off", "http_503 off"),
    ])
    func `FastCGI is set nothing that nginx refuses there`(words: String, kept: String) throws {
        var settings = DirectiveSettings<LocationBlock>()
        let failures = words.split(separator: " ").compactMap { Identifier(String($0)) }
        settings.set(SettingDirective("proxy_next_upstream"), to: failures)
        settings.set(SettingDirective<Identifier>("proxy_http_version"), to: Identifier(known: "1.1"))
        settings.set(timeout, to: try #require(TimeSpan(seconds: 1)))
        #expect(
            settings.passing(by: .fastCGI).texts == ["fastcgi_next_upstream \(kept)", "fastcgi_read_timeout 1s"]
        )
    }

    @Test func `a directive of which the first takes away what is inherited cannot be set`() async {
        await #expect(processExitsWith: .failure) { _ = SettingDirective<Text>("add_header") }
    }

    @Test func `a directive cannot be set by a value that means something else there`() async {
        // Text may hold '$', which nginx would evaluate.
        await #expect(processExitsWith: .failure) { _ = SettingDirective<Text>("limit_rate") }
    }

    @Test func `a directive cannot be set where it may not stand`() async {
        await #expect(processExitsWith: .failure) {
            var settings = DirectiveSettings<LocationBlock>()
            settings.set(SettingDirective<Flag>("underscores_in_headers"), to: true)
        }
    }
}

extension DirectiveSettings {
    fileprivate var texts: [String] {
        var texts: [String] = []
        forEachText { texts.append(String(decoding: $0, as: UTF8.self)) }
        return texts
    }
}
