import Foundation
import NginxSyntax
import NginxTestSupport
import ProxyConfiguration
import TestSupport
import Testing
import TextCoding

/// The specification compared with a real nginx for the same requests.
struct RealNginxTests {
    private static let hosts = [
        "shop.example", "SHOP.Example", "shop.example:8080", "shop.example:", "shop.example:80:90", "shop.example.",
        "shop.example.:80", "shop.example.:8.0", "b.shop.example", "B.SHOP.EXAMPLE.:443", "*.shop.example",
        "ü.shop.example", "\u{212A}.shop.example", "a.b.shop.example", ".shop.example", "xshop.example",
        "other.example",
        "[::1]", "[::1]:80", "[::1", "[::1]x", "x[::1]", "[shop.example]", "[", "]", "_", "", ".", "..", "a..b",
        "shop.example..", ":80", ".:80", "a/b", "shop.example:80/x", "shop.example:8..0", "a b", "a\tb", "a\u{7F}b",
        "a\\b",
    ]

    private static let targets = [
        "/", "//", "/a//b", "/a/./b", "/a/../b", "/a/%2e%2e/b", "/a%2Fb", "/a%2f..%2fb", "/a/.", "/a/..", "/a/...",
        "/a/..b", "/a/%2e", "/a/.%2e", "/a/%2e%25", "/a/..%23", "/a/%2e%2e%3Fx", "/..", "/a/../..", "/%2e%2e/", "/%00",
        "/%", "/%1", "/%zz", "/%+1", "/%25", "/%2525", "/%23x", "/%3Fx", "/a#b?c", "/a?b#c", "/a?", "/a??", "/a?#",
        "/a?%zz", "/a/b/..?x", "/a/b/.#", "/é", "/%C3%A9", "/+%2B", "/\u{1}", "/\u{7F}", "/a\tb", "a", "*", "?x",
        "/%0A",
        "/%0a/x", "/%5C", "/a;b", "/a/?/../b", "/a%", "/%FF", "/./", "/%2F%2F", "/a/%2E%2E%2F%2E%2E",
    ]

    private static let methods = [
        "GET", "get", "Get", "G1", "POST", "OPTIONS", "MADE-UP", "M_SEARCH", "-", "TRACE", "CONNECT",
    ]

    @Test func `nginx decides as the specification does`() async throws {
        var requests = Self.hosts.map { Request(host: $0, target: "/x") }
        requests += Self.targets.map { Request(host: "shop.example", target: $0) }
        requests += Self.targets.filter { $0.hasPrefix("/") }.map {
            Request(host: "rewrite.example", target: "/r" + $0)
        }
        requests += ["/r", "/r?", "/r?x", "/r#x", "/R/x?", "/r/x?#y"].map {
            Request(host: "rewrite.example", target: $0)
        }
        requests += Self.escapes.map { Request(host: "rewrite.example", target: $0) }
        requests += (Self.escapes + Self.redirected).map { Request(host: "moved.example", target: $0) }
        requests += (Self.targets.filter { $0.hasPrefix("/") }).map {
            Request(host: "moved.example", target: "/r" + $0)
        }
        requests += (8...20).map { Request(host: "limited.example", target: "/" + String(repeating: "a", count: $0)) }
        requests += ["/aaaax", "/b", "/b" + String(repeating: "a", count: 20)].map {
            Request(host: "limited.example", target: $0)
        }
        requests += ["/", "/?", "/?a=%20b#c", "//?x", "/a"].map { Request(host: "Root.Example:80", target: $0) }
        requests += Self.methods.map { Request(host: "shop.example", method: $0, target: "/") }
        requests += Self.targets.map { Request(host: "secure.example:80", target: $0) }
        requests += ["/\u{600}/", "/x/?y/", "/x//"].map { Request(host: "Secure.Example.", target: $0) }
        try await compare(requests)
    }

    /// The requests that show which bytes nginx escapes in URLs.
    private static let redirected = [
        "/r/", "/r/?", "/r/p/q?x=1", "/r/a+b", "/r/a+b%20\"", "/r/a%3Fb?c=d", "/r/a%3Fb%3Fc%20", "/r/%0d%0aX:y",
        "/r/\"<>\\^`{|}", "/r/%3F!\"$&'()*+,-./:;<=>@[\\]^_`{|}~", "/r/é+", "/r/x//a%20b", "/r/x/..a/%20", "/r/%25zz",
        "/r/a;b,c'(d)!*@:$&=~", "/R/x#y?z",
    ]

    /// Every byte but NUL, a few to a request.
    private static let escapes: [String] = stride(from: 1, to: 256, by: 5).map { start in
        "/r/" + (start..<min(start + 5, 256)).map { "%\([UInt8($0)].hexadecimal)" }.joined()
    }

    private func compare(_ requests: [Request]) async throws {
        let specification = try Self.specification()
        let address = try LoopbackAddress.unique().description
        try await TemporaryFolder.use { folder in
            try Data(Self.nginx(at: address).utf8).write(to: folder.appending(path: "nginx.conf"))
            try await LiveNginx.run(in: folder) { _ in
                for request in requests {
                    let raw = RawRequest(method: request.method, host: request.host, target: request.target)
                    let answer = try await raw.send(to: address, port: 8080)
                    let decision = specification.route(request)
                    #expect(
                        Self.summary(of: answer) == Self.summary(of: decision),
                        "\(request.method) \(request.host) \(request.target)"
                    )
                }
            }
        }
    }

    /// The answer of the nginx below to a decision of the specification.
    private static func summary(of decision: RoutingDecision) -> String {
        switch decision.outcome {
        case .proxied(_, let target): "200 \(decision.host?.text ?? "") \(target)"
        case .redirected(let status, let url): "\(status) \(url)"
        case .answered(let status): "\(status)"
        case .preflight: "204"
        case .stubStatus: "200"
        case .denied: "403"
        case .passedThrough: "passed through"
        case .undecided: "undecided"
        }
    }

    private static func summary(of answer: RawRequest.Answer) -> String {
        switch answer.status {
        case 200: "200 \(answer.body)"
        case 302, 308: "\(answer.status) \(answer.location ?? "")"
        default: "\(answer.status)"
        }
    }

    private static func specification() throws -> Configuration {
        try configuration([
            server("*", unmatched: proxy(prefix("/"), to: "u")),
            server(
                "limited.example",
                [
                    Location(
                        path: .expression(RegularExpression("/(a+)+x$", matchLimit: 500)),
                        action: .status(.notFound)
                    ),
                    Location(
                        path: .expression(RegularExpression("/b(a*)*$", matchLimit: 5_000)),
                        action: .redirect(rewrite("/b(a*)*$", to: "https://new.example/$1", matchLimit: 5_000))
                    ),
                ],
                unmatched: proxy(prefix("/"), to: "u")
            ),
            server(
                "moved.example",
                [
                    Location(
                        path: expression("/r/(.*)"),
                        action: .redirect(rewrite("/r/(.*)", to: "https://new.example/$1"))
                    )
                ],
                unmatched: proxy(prefix("/"), to: "u")
            ),
            server(
                "root.example",
                appRoot: "/x$is_args$args-$host-$request_uri",
                unmatched: proxy(prefix("/"), to: "u")
            ),
            server("rewrite.example", unmatched: proxy(prefix("/"), to: "u", rewrite: rewrite("/r(.*)", to: "$1"))),
            server("secure.example", unmatched: proxy(prefix("/"), to: "u", redirectsToHTTPS: true)),
            server("shop.example", unmatched: proxy(prefix("/"), to: "u")),
            server("*.shop.example", unmatched: proxy(prefix("/"), to: "u")),
        ])
    }

    /// A backend that answers with what it was asked, behind the servers of the specification.
    private static func nginx(at address: String) -> String {
        let proxy = "proxy_set_header X-Server $server; proxy_pass http://\(address):8081;"
        return """
            pcre_jit on;
            events {}
            http {
                access_log off;
                client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                server {
                    listen \(address):8081;
                    merge_slashes off;
                    location / { return 200 "$http_x_server $request_uri"; }
                }
                map $request_uri $https_uri { default $request_uri; "~^(?<bare>.*)/$" $bare; }
                server { listen \(address):8080; server_name _; set $server *; location / { \(proxy) } }
                server {
                    listen \(address):8080; server_name rewrite.example; set $server rewrite.example;
                    location / { rewrite "(?i)/r(.*)" $1 break; \(proxy) }
                }
                server {
                    listen \(address):8080; server_name limited.example; set $server limited.example;
                    location ~* "(*NO_JIT)(*LIMIT_MATCH=500)^/(a+)+x$" { return 404; }
                    location ~* "(*NO_JIT)(*LIMIT_MATCH=5000)^/b(a*)*$" {
                        rewrite "(*NO_JIT)(*LIMIT_MATCH=5000)(?i)/b(a*)*$" https://new.example/$1 break;
                        return 404;
                    }
                    location / { \(proxy) }
                }
                server {
                    listen \(address):8080; server_name moved.example; set $server moved.example;
                    location ~* "^/r/(.*)" { rewrite "(?i)/r/(.*)" https://new.example/$1 break; return 404; }
                    location / { \(proxy) }
                }
                server {
                    listen \(address):8080; server_name root.example; set $server root.example;
                    if ($uri = /) { return 302 $scheme://$http_host/x$is_args$args-$host-$request_uri; }
                    location / { \(proxy) }
                }
                server {
                    listen \(address):8080; server_name secure.example;
                    location / { return 308 https://$host$https_uri; }
                }
                server { listen \(address):8080; server_name shop.example; set $server $server_name; location / { \(proxy) } }
                server {
                    listen \(address):8080; server_name "~^[^.]+\\.shop\\.example$"; set $server *.shop.example;
                    location / { \(proxy) }
                }
            }

            """
    }
}
