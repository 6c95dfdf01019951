import Diagnostics
import Incremental
import IngressTranslation
import NginxSyntax
import ProxyConfiguration
import Testing

/// The values of the annotations about other origins' pages, and their effect.
struct CORSSettingTests {
    private func translation(_ annotations: [String: String]) throws -> (policy: CORSPolicy?, findings: [String]) {
        let annotations = ["enable-cors": "true"].merging(annotations) { $1 }
        let result = try translated(ingress(annotations: annotations, rule("a.example", path("/"))))
        let messages = result.diagnostics.map { "\($0.severity) \($0.code): \($0.message)" }
        return (result.server("a.example")?.locations.first?.policy.cors, messages)
    }

    private func origins(_ text: String) throws -> (texts: [String]?, findings: [String]) {
        let (policy, findings) = try translation(["cors-allow-origin": text])
        switch policy?.origins {
        case .every: return (["*"], findings)
        case .listed(let list): return (list.patterns.map(\.text), findings)
        case nil: return (nil, findings)
        }
    }

    @Test(arguments: [
        ("*", ["*"]), ("https://b.example, *", ["*"]), (" https://B.example ,,", ["https://b.example"]),
        ("https://b.example:443,http://b.example:80", ["http://b.example", "https://b.example"]),
        ("https://b.example:0443", ["https://b.example"]),
        ("http://*.b.example:8080", ["http://*.b.example:8080"]), ("null", ["null"]),
        ("capacitor://localhost", ["capacitor://localhost"]), ("file://", ["file://"]),
        ("http://10.0.0.1:3000", ["http://10.0.0.1:3000"]), ("http://[FD00::0:1]:3000", ["http://[fd00::1]:3000"]),
        ("chrome-extension://abcdef", ["chrome-extension://abcdef"]),
        ("https://b.example,https://B.example", ["https://b.example"]),
    ])
    func `origins are read as browsers write them`(_ text: String, _ expected: [String]) throws {
        let (texts, findings) = try origins(text)
        #expect(texts == expected)
        #expect(findings == [])
    }

    @Test(arguments: [
        ("b.example", "begins with no scheme such as https://"), ("//b.example", "begins with no scheme"),
        ("1http://b.example", "begins with no valid scheme"), ("://b.example", "begins with no valid scheme"),
        ("https://b.example/", "has a path"), ("https://", "names no host"), ("https://:80", "names no host"),
        ("file://:80", "names no host"), ("https://b.example:", "has no valid port"),
        ("https://b.example:0", "has no valid port"), ("https://b.example:65536", "has no valid port"),
        ("https://b.example:+1", "has no valid port"), ("https://b.example:٣", "has no valid port"),
        ("https://*", "has a '*' that is not its whole first label"),
        ("https://*.*.example", "has a '*' that is not its whole first label"),
        ("https://a*.example", "has a '*' that is not its whole first label"),
        ("https://a.*.example", "has a '*' that is not its whole first label"),
        ("https://*.", "has no valid host name"), ("https://b..example", "has no valid host name"),
        ("https://bücher.example", "has no valid host name"), ("https://b.example;", "has no valid host name"),
        ("https://u@b.example", "has no valid host name"), ("https://b.example\"", "has no valid host name"),
        ("https://$host", "has no valid host name"), ("https://(a|b).example", "has no valid host name"),
        ("https://b.example https://c.example", "has a path"), ("https://[::1", "has no valid"),
        ("https://[1.2.3.4]", "has no valid address"), ("https://[fe80::1%25eth0]", "has no valid address"),
        ("NULL", "begins with no scheme"), ("https://b.example\nx", "has no valid host name"),
    ])
    func `an item that is no origin is told and left out, and the others count`(
        _ item: String,
        _ reason: String
    ) throws {
        let alone = try origins(item)
        #expect(alone.texts == nil)
        #expect(alone.findings.count == 1)
        #expect(alone.findings.first?.hasPrefix("warning annotation-invalid: ") == true)
        #expect(alone.findings.first?.contains("', which \(reason)") == true, "\(alone.findings)")
        #expect(alone.findings.last?.hasSuffix("; no origin is allowed") == true, "\(alone.findings)")
        let beside = try origins("https://good.example,\(item)")
        #expect(beside.texts == ["https://good.example"])
        #expect(beside.findings.count == 1)
    }

    @Test(arguments: ["", " ", ",", " , "])
    func `an empty list of origins allows none`(_ text: String) throws {
        let (texts, findings) = try origins(text)
        #expect(texts == nil)
        #expect(findings.count == 1)
    }

    @Test func `what is not set has ingress-nginx's defaults`() throws {
        let (policy, findings) = try translation([:])
        let expected = CORSPolicy(
            origins: .every,
            methods: try tokens("GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", by: .commaAndSpace),
            headers: try tokens(
                "DNT",
                "Keep-Alive",
                "User-Agent",
                "X-Requested-With",
                "If-Modified-Since",
                "Cache-Control",
                "Content-Type",
                "Range",
                "Authorization",
                by: .comma
            ),
            allowsCredentials: true,
            maxAgeInSeconds: 1_728_000
        )
        #expect(policy == expected)
        #expect(findings == [])
    }

    private func tokens(_ tokens: String..., by separator: HTTPTokenList.Separator) throws -> HTTPTokenList {
        let tokens = try tokens.map { text in try #require(HTTPToken(text)) }
        return try #require(HTTPTokenList(tokens, separator: separator))
    }

    @Test(arguments: [
        ("GET,PUT", "GET,PUT"), ("GET, PUT", "GET, PUT"), (" patch ,", "patch"), ("GET PUT", ""), ("G;T", ""),
        ("GET, G\"T, PUT", "GET, PUT"), ("$host", ""), (" ", ""), ("ä", ""), ("GET\nPUT", ""),
        (String(repeating: "A", count: 2_001), ""),
    ])
    func `methods are a list of names, of which wrong ones are left out`(_ text: String, _ expected: String) throws {
        let (policy, findings) = try translation(["cors-allow-methods": text])
        #expect(policy?.methods.text == expected)
        #expect(findings.isEmpty == (text == expected || text.hasPrefix(" patch")))
    }

    @Test(arguments: [
        ("0", 0), ("600", 600), ("-1", -1), ("-2", 1_728_000), ("", 1_728_000), ("10m", 1_728_000),
        ("1e3", 1_728_000), (" 600", 1_728_000),
    ])
    func `an age is a number of seconds, or none at all`(_ text: String, _ expected: Int) throws {
        let (policy, findings) = try translation(["cors-max-age": text])
        #expect(policy?.maxAgeInSeconds == expected)
        #expect(findings.isEmpty == (text == "" || "\(expected)" == text))
    }

    @Test(arguments: [("true", true), ("false", false), ("0", false), ("yes", false)])
    func `credentials are allowed only by a yes`(_ text: String, _ expected: Bool) throws {
        let (policy, _) = try translation([
            "cors-allow-credentials": text, "cors-allow-origin": "https://b.example",
        ])
        #expect(policy?.allowsCredentials == expected)
    }

    @Test(arguments: ["false", "on", "", "*"])
    func `nothing is allowed unless it is turned on, and what is set besides is told`(_ text: String) throws {
        let (policy, findings) = try translation(["enable-cors": text, "cors-max-age": "600"])
        #expect(policy == nil)
        #expect(findings.contains("note cors-off: 'cors-max-age' has no effect: 'enable-cors' is not true"))
    }

    @Test(
        arguments: [
            (["cors-allow-credentials": "true"], "cors-credentials-unused"),
            (["cors-allow-methods": "*", "cors-allow-origin": "https://b.example"], "cors-wildcard-unused"),
            (["cors-expose-headers": "*", "cors-allow-origin": "https://b.example"], "cors-wildcard-unused"),
            (["cors-allow-methods": "*", "cors-allow-credentials": "false"], nil),
            (["cors-allow-credentials": "true", "cors-allow-origin": "https://b.example"], nil),
        ] as [([String: String], String?)]
    )
    func `what browsers do not honour is told`(_ annotations: [String: String], _ code: String?) throws {
        let (_, findings) = try translation(annotations)
        #expect(findings.map { $0.prefix { $0 != ":" } } == (code.map { ["warning \($0)"[...]] } ?? []))
    }
}
