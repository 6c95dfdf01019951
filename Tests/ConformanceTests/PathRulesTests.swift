import Testing

/// The feature `path_rules` of the Ingress controllers' conformance suite.
@Suite(.timeLimit(.minutes(10)))
struct PathRulesTests {
    @Test(arguments: Feed.allCases)
    func `paths lead to their Services as the Ingress specification says`(_ feed: Feed) async throws {
        try await Stage.use(Self.feature, from: feed) { stage in
            try await stage.awaitAddress(of: "path-rules")
            for (title, url, outcome) in Self.scenarios {
                try await stage.check(title, "GET http://\(url)", outcome)
            }
        }
    }

    private static let scenarios: [(title: String, url: String, Outcome)] = [
        ("exact /foo matches /foo", "exact-path-rules/foo", .served(by: "foo-exact")),
        ("exact /foo does not match /foo/", "exact-path-rules/foo/", .status(404)),
        ("exact /foo does not match /FOO", "exact-path-rules/FOO", .status(404)),
        ("exact /foo does not match /bar", "exact-path-rules/bar", .status(404)),
        ("prefix /foo matches /foo", "prefix-path-rules/foo", .served(by: "foo-prefix")),
        ("prefix /foo matches /foo/", "prefix-path-rules/foo/", .served(by: "foo-prefix")),
        ("prefix /foo does not match /FOO", "prefix-path-rules/FOO", .status(404)),
        ("the longest prefix wins", "prefix-path-rules/aaa/bbb", .served(by: "aaa-slash-bbb-prefix")),
        ("a prefix matches what is below", "prefix-path-rules/aaa/bbb/ccc", .served(by: "aaa-slash-bbb-prefix")),
        ("prefix /aaa matches /aaa/ccc", "prefix-path-rules/aaa/ccc", .served(by: "aaa-prefix")),
        ("prefix /aaa does not match /aaaccc", "prefix-path-rules/aaaccc", .status(404)),
        ("exact wins over prefix", "mixed-path-rules/foo", .served(by: "foo-exact")),
        (
            "prefix /aaa/bbb/ matches /aaa/bbb", "trailing-slash-path-rules/aaa/bbb",
            .served(by: "aaa-slash-bbb-slash-prefix")
        ),
        (
            "prefix /aaa/bbb/ matches /aaa/bbb/", "trailing-slash-path-rules/aaa/bbb/",
            .served(by: "aaa-slash-bbb-slash-prefix")
        ),
        ("exact /foo/ does not match /foo", "trailing-slash-path-rules/foo", .status(404)),
    ]

    private static let feature = Feature(
        services: [
            "foo-exact", "foo-prefix", "aaa-slash-bbb-prefix", "aaa-prefix", "aaa-slash-bbb-slash-prefix",
            "foo-slash-exact",
        ]
    ) { place in
        let rules = [
            rule("exact-path-rules", ("/foo", "Exact", "foo-exact")),
            rule(
                "prefix-path-rules",
                ("/foo", "Prefix", "foo-prefix"),
                ("/aaa/bbb", "Prefix", "aaa-slash-bbb-prefix"),
                ("/aaa", "Prefix", "aaa-prefix")
            ),
            rule("mixed-path-rules", ("/foo", "Prefix", "foo-prefix"), ("/foo", "Exact", "foo-exact")),
            rule(
                "trailing-slash-path-rules",
                ("/aaa/bbb/", "Prefix", "aaa-slash-bbb-slash-prefix"),
                ("/foo/", "Exact", "foo-slash-exact")
            ),
        ]
        return place.ingress("path-rules") + "  rules:\n" + rules.joined()
    }

    private static func rule(_ host: String, _ paths: (path: String, type: String, service: String)...) -> String {
        let lines = paths.map { path, type, service in
            "      - {path: \(path), pathType: \(type), backend: {service: {name: \(service), port: {number: 8080}}}}\n"
        }
        return "  - host: \(host)\n    http:\n      paths:\n" + lines.joined()
    }
}
