import CurlTestSupport
import Diagnostics
import RequestTestSupport
import Testing

@Suite struct `A file of requests` {
    @Test func `holds requests and what must come of them`() throws {
        let expectations = try RequestFile.decode(
            """
            - request: GET http://SHOP.example:81//a%2Fb?x=1
              headers: {X-A: b, User-Agent: null, X-N: 010}
              expect:
                backend: shop/web:80
                uri: /foo?x=1
                status: 200
                headers: {Location: "https://a/", X-B: null}
                upstreamHeaders: {X-Forwarded-Port: "443", X-C: ~}
                certificate: shop.example
            - {request: HEAD https://a/, version: 2, serverName: null, body: x, expect: {backend: null}}

            """,
            file: "requests.yaml"
        )
        try #require(expectations.count == 2)
        let first = expectations[0]
        #expect(first.position.description == "requests.yaml:1:3")
        #expect(first.request.host == "SHOP.example")
        #expect(first.request.target == "//a%2Fb?x=1")
        #expect(first.request.headers.map(\.name) == ["X-A", "User-Agent", "X-N", "Accept"])
        #expect(first.request.headers.map(\.value) == ["b", nil, "010", "application/json"])
        #expect(
            Set(first.checks) == [
                .backend("shop/web:80"), .uri("/foo?x=1"), .status(200), .header("Location", "https://a/"),
                .header("X-B", nil), .upstreamHeader("X-Forwarded-Port", "443"), .upstreamHeader("X-C", nil),
                .certificate("shop.example"),
            ]
        )
        #expect(expectations[1].request.version == .http2)
        #expect(expectations[1].request.serverName == .omitted)
        #expect(expectations[1].request.body == "x")
        #expect(expectations[1].checks == [.backend(nil)])
    }

    @Test(arguments: [
        ("- request: GET http://a/\n  expct: {status: 200}", "r:2:3: unknown key 'expct'; did you mean 'expect'?"),
        ("- request: GET http://a/\n  expect: {code: 200}", "r:2:12: unknown key 'code'"),
        ("- request: GET http://a/", "r:1:3: 'expect' is missing"),
        ("- expect: {status: 200}", "r:1:3: 'request' is missing"),
        ("- request: GET /a\n  expect: {status: 200}", "r:1:12: a request is written as 'GET http://host/path'"),
        ("- request: GET http://a/\n  expect: {status: ok}", "r:2:20: a number is expected"),
        ("- request: GET http://a/\n  expect: {uri: null}", "r:2:17: a text is expected"),
        ("- request: GET http://a/\n  expect: {}", "r:2:11: nothing is expected of the answer"),
        ("- request: GET http://a/\n  version: 3\n  expect: {status: 1}", "r:2:12: a version of HTTP is 1.0, 1.1 or 2"),
        ("request: GET http://a/", "r:1:1: a list is expected"),
        ("- a: [", "r:2:1"),
        ("", "r:1:1: no request is listed"),
        ("[]", "r:1:1: no request is listed"),
    ])
    func `of another form is refused at its place`(text: String, message: String) {
        let error = #expect(throws: RequestFile.Malformed.self) { try RequestFile.decode(text, file: "r") }
        #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
    }

    @Test(.timeLimit(.minutes(10))) func `is checked against a real nginx`() async throws {
        let right = """
            - request: GET https://shop.example/a//b?x=%20
              headers: {X-A: b}
              expect:
                status: 200
                backend: secure
                uri: /a//b?x=%20
                headers: {X-SNI: shop.example, X-B: null}
                upstreamHeaders: {host: shop.example, X-A: b, X-C: null}
                certificate: "*.shop.example"
            - request: GET http://shop.example/gone
              expect: {status: 302, backend: null, headers: {x-reason: "a, b"}}

            """
        let wrong = """
            - request: GET http://shop.example/a
              expect:
                status: 404
                backend: secure
                uri: /b
                headers: {Content-Type: null}
                upstreamHeaders: {Host: null}
                certificate: shop.example
            - request: GET http://shop.example/gone
              expect: {upstreamHeaders: {X-A: null}}
            - request: GET https://shop.example/
              expect: {certificate: www.shop.example}

            """
        try await ProxyExample.run { example in
            for expectation in try RequestFile.decode(right, file: "right") {
                let mismatches = try await expectation.mismatches(with: example.curl)
                #expect(mismatches == [])
            }
            var mismatches: [String] = []
            for expectation in try RequestFile.decode(wrong, file: "wrong") {
                mismatches += try await expectation.mismatches(with: example.curl)
            }
            #expect(
                mismatches == [
                    "wrong:1:3: GET shop.example/a: status: expected '404', got '200'",
                    "wrong:1:3: GET shop.example/a: backend: expected 'secure', got 'plain'",
                    "wrong:1:3: GET shop.example/a: uri: expected '/b', got '/a'",
                    "wrong:1:3: GET shop.example/a: certificate: none was served",
                    "wrong:1:3: GET shop.example/a: header Content-Type: expected none, got 'application/json'",
                    "wrong:1:3: GET shop.example/a: upstream header Host: expected none, got 'shop.example'",
                    "wrong:9:3: GET shop.example/gone: upstream header X-A: no backend answered (status 302)",
                    "wrong:11:3: GET shop.example/: certificate: expected one for 'www.shop.example', "
                        + "got '*.shop.example, shop.example'",
                ]
            )
        }
    }
}
