import NginxSyntax
import TestSupport
import Testing
import TextCoding

/// Printed arguments as a live nginx reads them.
@Suite struct NginxTests {
    private let dollar = #"geo $dollar { default "$"; }"#

    @Test func `every literal comes back byte for byte, in a body and in a header`() throws {
        let values = HostileText.all + HostileText.random(300, seed: 5)
        let locations = try values.indices.map { index in
            let expression = try #require(Expression(literal: values[index])).description
            return "location = /\(index) { return 200 \(expression); add_header X-Value \(expression); }"
        }
        let nginx = try Nginx.run(http: "\(dollar) server { listen $socket; \(locations.joined(separator: "\n")) }")
        for (index, value) in values.enumerated() {
            let response = try nginx.get("/\(index)")
            #expect(response.body == value)
            // nginx sends no header with an empty value.
            #expect(response.headers["x-value"] ?? "" == value)
        }
    }

    @Test func `variables live in an expression, and in nothing else`() throws {
        let name = try #require(VariableName("arg_a"))
        let expression = try #require(
            Expression(parts: [.literal("$arg_a="), .variable(name), .literal("x{$1};"), .variable(name)])
        )
        let nginx = try Nginx.run(
            http: "\(dollar) server { listen $socket; location / { return 200 \(expression.description); } }"
        )
        #expect(try nginx.get("/?a=1").body == "$arg_a=1x{$1};1")
    }

    @Test func `a capture prints as nginx reads it`() throws {
        let capture = try #require(VariableName("1"))
        let expression = try #require(Expression(parts: [.literal("<"), .variable(capture), .literal("2>")]))
        let pattern = try RegularExpression("^/(.)/$")
        let location = LocationMatch.expression(pattern, ignoresCase: false)
        let nginx = try Nginx.run(
            http:
                "server { listen $socket; location \(location.description) { return 200 \(expression.description); } }"
        )
        #expect(try nginx.get("/a/").body == "<a2>")
    }

    @Test func `a path matches itself alone, however hostile`() throws {
        // nginx takes `//` and `/../` in a request apart before it looks for a location.
        let paths = try (HostileText.all.dropLast(3) + HostileText.random(200, seed: 6))
            .filter { !$0.contains("/") && !$0.isEmpty && $0 != "." }
            .uniqued()
            .map { try #require(LocationPath("/\($0)")) }
        let locations = paths.indices.map { index in
            "location \(LocationMatch.exact(paths[index]).description) { return 200 exact-\(index); }"
                + "location \(LocationMatch.prefix(paths[index]).description) { return 200 prefix-\(index); }"
        }
        let nginx = try Nginx.run(http: "server { listen $socket; \(locations.joined(separator: "\n")) }")
        for (index, path) in paths.enumerated() {
            #expect(try nginx.get(percentEncoded(path.value)).body == "exact-\(index)")
            #expect(try nginx.get("\(percentEncoded(path.value))%01").body == "prefix-\(index)")
        }
    }

    @Test func `an escaped pattern matches its text alone, in nginx as in our matching`() throws {
        let values = (HostileText.all.dropLast(3) + HostileText.random(200, seed: 7))
            .filter { !$0.contains("/") && !$0.isEmpty && $0 != "." }
            .uniqued()
        let patterns = try values.map { try RegularExpression("^/\(RegularExpression.escaping($0))$") }
        let locations = patterns.indices.map { index in
            let location = LocationMatch.expression(patterns[index], ignoresCase: false)
            return "location \(location.description) { return 200 \(index); }"
        }
        let nginx = try Nginx.run(http: "server { listen $socket; \(locations.joined(separator: "\n")) }")
        for (index, value) in values.enumerated() {
            #expect(try nginx.get(percentEncoded("/\(value)")).body == "\(index)")
            #expect(patterns.firstIndex { $0.firstMatch(in: Array("/\(value)".utf8)) != nil } == index)
        }
    }

    @Test func `a key of a map means its text alone`() throws {
        // Header lines lose the blanks at their ends, and map takes no heed of case.
        let values = (HostileText.all.dropLast(3) + HostileText.random(200, seed: 8))
            .filter { !$0.hasPrefix(" ") && !$0.hasSuffix(" ") && !$0.isEmpty }
            .uniqued()
        let entries = try values.enumerated().map { index, value in
            "\(MapKey.literal(try #require(Text(value))).description) \(index);"
        }
        let nginx = try Nginx.run(
            http: """
                map_hash_bucket_size 512;
                map $http_x_key $found { \(entries.joined(separator: "\n")) default none; }
                server { listen $socket; return 200 $found; }
                """
        )
        for (index, value) in values.enumerated() {
            #expect(try nginx.get("/", headers: ["X-Key: \(value)"]).body == "\(index)")
        }
        #expect(try nginx.get("/", headers: ["X-Key: other"]).body == "none")
    }

    @Test func `a request finds its server by name and by pattern`() throws {
        let servers: [ServerName] = try [
            .any, .name(#require(HostName("shop.example"))), .expression(RegularExpression(#"^[^.]+\.foo\.com$"#)),
            .expression(RegularExpression(#"^a{2}\.bar$"#)),
        ]
        let blocks = servers.enumerated().map { index, server in
            "server { listen $socket; server_name \(server.description); return 200 \(index); }"
        }
        let nginx = try Nginx.run(http: blocks.joined(separator: "\n"))
        let hosts = ["other", "shop.example", "x.foo.com", "x.y.foo.com", "aa.bar", "a.bar"]
        #expect(try hosts.map { try nginx.get("/", host: $0).body } == ["0", "1", "2", "0", "3", "0"])
    }

    @Test func `sizes, times, addresses and networks are what nginx takes`() throws {
        let sizes = try ["0", "100", "8k", "1m"].map { try #require(ByteSize($0)).description }
        let times = try ["0", "1ms", "30s", "90m", "48h"].map { try #require(TimeSpan($0)).description }
        let networks = try ["10.0.0.0/8", "10.0.0.1", "fd00::/8", "::1", "::/0"].map {
            try #require(CIDRBlock($0)).description
        }
        let port = try #require(PortNumber(8_080))
        let sockets: [SocketAddress] = try [
            .internet(#require(IPAddress("127.0.0.1")), port), .internet(#require(IPAddress("::1")), port), .port(port),
            .anyIPv6(port), .unix(#require(FilePath("/run/a b"))),
        ]
        let said = try Nginx.test(
            http: """
                \(sizes.enumerated().map { "server { server_name s\($0); client_max_body_size \($1); }" }.joined())
                \(times.enumerated().map { "server { server_name t\($0); send_timeout \($1); }" }.joined())
                \(networks.map { "allow \($0); set_real_ip_from \($0);" }.joined())
                geo $a { \(networks.map { "\($0) 1;" }.joined()) }
                upstream u { \(sockets.filter { $0 != .port(port) }.map { "server \($0);" }.joined()) }
                """
        )
        #expect(said.status == 0, "\(said.output)")
    }

    @Test func `nginx names the pattern's trouble as we do`() throws {
        let pattern = "^/a(b"
        let error = #expect(throws: RegularExpressionError.self) { try RegularExpression(pattern) }
        let said = try Nginx.test(http: "server { location ~ \(pattern) { } }").output
        #expect(said.contains(try #require(error?.message)), "\(said)")
    }

    /// The bytes of a path so that nginx decodes them to what they are.
    private func percentEncoded(_ path: String) -> String {
        "/" + path.utf8.dropFirst().map { "%" + [$0].hexadecimal }.joined()
    }
}

extension Sequence<String> {
    /// Each once; nginx takes no heed of the case of map keys.
    fileprivate func uniqued() -> [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0.lowercased()).inserted }
    }
}
