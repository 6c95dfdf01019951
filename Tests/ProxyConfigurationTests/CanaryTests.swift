import NginxSyntax
import ProxyConfiguration
import Testing

/// Which requests a canary takes: the header decides before the cookie, and the cookie before chance.
struct CanaryTests {
    private func backends(_ rules: CanaryRules, _ headers: [String: String]) throws -> [Backend] {
        let split = BackendSplit(try upstream("main"), canary: CanaryBackend(try upstream("canary"), rules: rules))
        let location = Location(path: try prefix("/"), action: .proxy(Proxying(to: split)))
        let request = Request(host: "a", target: "/x?y", headers: headers)
        guard case .proxied(let backends, "/x?y") = try configuration([server("*", [location])]).route(request).outcome
        else {
            Issue.record("the request is not passed on")
            return []
        }
        return backends
    }

    private func expect(_ wanted: String, of rules: CanaryRules, _ headers: [String: String]) throws {
        let names = try backends(rules, headers).map {
            $0 == .upstream(try #require(Identifier("main"))) ? "main" : "canary"
        }
        #expect(names.joined(separator: " or ") == wanted, "\(headers)")
    }

    private func rules(
        _ rule: CanaryRules.Header.Rule = .alwaysOrNever,
        cookie: String? = "c",
        hundredths: Int = 0
    ) throws -> CanaryRules {
        CanaryRules(
            header: .init(try #require(HeaderName("X-Canary")), rule),
            cookie: try cookie.map { try #require(CookieName($0)) },
            share: try #require(CanaryRules.Share(hundredths: hundredths))
        )
    }

    @Test(arguments: [
        (["x-canary": "always"], "canary"), (["x-canary": "never"], "main"),
        (["x-canary": "never", "cookie": "c=always"], "main"), (["x-canary": "Always"], "main or canary"),
        (["x-canary": "yes", "cookie": "c=always"], "canary"), (["x-canary": "", "cookie": "c=never"], "main"),
        (["cookie": "c=other"], "main or canary"), ([:], "main or canary"),
    ])
    func `the header comes before the cookie, and the cookie before the share`(
        _ headers: [String: String],
        _ wanted: String
    ) throws {
        try expect(wanted, of: rules(hundredths: 5_000), headers)
    }

    @Test(arguments: [
        ("a|MAIN", "main", "main"), ("a|CANARY", "canary", "main or canary"), ("a.b-C_1|MAIN", "main", "main"),
        ("a|other", "main or canary", "main or canary"), ("a", "main or canary", "main or canary"),
        ("|MAIN", "main or canary", "main or canary"), ("a b|MAIN", "main or canary", "main or canary"),
        ("a|MAINx", "main or canary", "main or canary"), ("a|b|MAIN", "main or canary", "main or canary"),
    ])
    func `a client that is kept stays before all else`(_ value: String, _ sticky: String, _ legacy: String) throws {
        let value = try value.replacing("MAIN", with: upstream("main").sessionMark)
            .replacing("CANARY", with: upstream("canary").sessionMark)
        for (keepsAtCanary, wanted) in [(true, sticky), (false, legacy)] {
            var rules = try rules(hundredths: 5_000)
            rules.session = .init(try #require(CookieName("route")), keepsAtCanary: keepsAtCanary)
            try expect(wanted, of: rules, ["cookie": "x=y; route=\(value)"])
            let header = wanted == "main" ? "always" : "never"
            try expect(
                wanted == "canary" ? "canary" : "main",
                of: rules,
                ["cookie": "route=\(value)", "x-canary": header]
            )
        }
    }

    @Test(arguments: [
        (["x-canary": "v2"], "canary"), (["x-canary": "V2"], "main"), (["x-canary": "always"], "main"),
        (["x-canary": "never", "cookie": "c=always"], "canary"), (["x-canary": "v2 "], "main"),
    ])
    func `a value takes just itself, and leaves all others to the cookie`(
        _ headers: [String: String],
        _ wanted: String
    ) throws {
        try expect(wanted, of: rules(.value(try #require(Text("v2")))), headers)
    }

    @Test(arguments: [
        (["x-canary": "xv12"], "canary"), (["x-canary": "V1"], "main"), (["x-canary": "v"], "main"),
        (["x-canary": "v", "cookie": "c=always"], "canary"), ([:], "main"),
    ])
    func `an expression takes what it matches in`(_ headers: [String: String], _ wanted: String) throws {
        try expect(wanted, of: rules(.expression(try RegularExpression("v[0-9]+"))), headers)
    }

    @Test func `an expression that takes too many steps matches nothing`() throws {
        let pattern = try RegularExpression("^(a+)+$", matchLimit: 512)
        let value = String(repeating: "a", count: 64) + "b"
        try expect("canary", of: rules(.expression(pattern), hundredths: 10_000), ["x-canary": value])
        try expect("main", of: rules(.expression(pattern)), ["x-canary": value])
    }

    @Test func `a broken expression leaves all requests with the header where they are`() throws {
        try expect("main", of: rules(.never, hundredths: 10_000), ["x-canary": "always", "cookie": "c=always"])
        try expect("canary", of: rules(.never, hundredths: 10_000), [:])
    }

    @Test(arguments: [
        ("c=always", "canary"), ("C=always", "canary"), ("a=b; c=always; d=e", "canary"), ("a=b,c=always", "canary"),
        ("c = always", "canary"), ("c=Always", "main"), ("c=always ", "main"), ("xc=always", "main"),
        ("c=never; c=always", "main"), ("c=x; c=always", "main"), ("c; c=always", "canary"), ("a=c=always", "main"),
        ("a=b;   c=always", "canary"), (";;c=always", "canary"), ("c=always,x", "main"),
    ])
    func `the first cookie of the name counts, as nginx reads it`(_ cookie: String, _ wanted: String) throws {
        try expect(wanted, of: rules(), ["cookie": cookie])
    }

    @Test func `a share of none and of all is no matter of chance`() throws {
        try expect("main", of: CanaryRules(share: .none), [:])
        try expect("canary", of: CanaryRules(share: .all), [:])
        #expect(CanaryRules.Share(hundredths: 10_001) == nil && CanaryRules.Share(hundredths: -1) == nil)
    }
}
