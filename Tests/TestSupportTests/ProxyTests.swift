import CurlTestSupport
import EchoBackend
import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct `A real nginx before two backends` {
    @Test(arguments: [
        "//a/%2e%2e/b?x=%2F&y", "/", "/a/../b/./c", "/%7Euser/%zz", "/a?b?c", "/a;b=c/[d]{e}", "/caf%C3%A9?q=é",
    ])
    func `passes the request target on as it came`(target: String) async throws {
        try await ProxyExample.run { example in
            // nginx itself refuses a path with a bad escape or one that climbs out of its root.
            let response = try await example.curl.send("GET http://Any.example\(target)")
            if target.contains("%zz") {
                #expect(response.status == 400)
            } else {
                #expect(response.status == 200)
                #expect(response.echo?.uri == target)
                #expect(response.echo?.backend == "plain")
                #expect(response.echo?.header("host") == "Any.example")
            }
        }
    }

    @Test func `serves TLS with its own certificate`() async throws {
        try await ProxyExample.run { example in
            var curl = example.curl
            curl.trust = .authority(example.certificate)
            let response = try await curl.send("GET https://shop.example/a")
            #expect(response.echo?.backend == "secure")
            #expect(response.certificate?.commonName == "shop.example")
            #expect(response.certificate?.hostNames == ["shop.example", "*.shop.example"])
            #expect(response.certificate?.sha256.split(separator: ":").count == 32)
            #expect(response.certificate?.names("SHOP.example") == true)
            #expect(response.certificate?.names("www.shop.example") == false)
            await #expect(throws: CurlClient.Failure.self) { try await curl.send("GET https://other.example/a") }
            let plain = try await curl.send("GET http://shop.example/a")
            #expect(plain.certificate == nil)
        }
    }

    @Test(arguments: [CurlRequest.Version.http11, .http2])
    func `sees the host, the server name and the target as they were sent`(version: CurlRequest.Version) async throws {
        try await ProxyExample.run { example in
            var request = try #require(CurlRequest("GET https://shop.example:99//x/%2e?y"))
            request.version = version
            request.headers = [("Accept", "application/json"), ("Host", "a.example"), ("X-Empty", "")]
            request.serverName = .name("sni.example")
            let response = try await example.curl.send(request)
            #expect(response.header("x-sni") == "sni.example")
            #expect(response.echo?.header("Host") == "a.example")
            #expect(response.echo?.uri == "//x/%2e?y")
            request.serverName = .omitted
            #expect(try await example.curl.send(request).header("x-sni") == nil)
        }
    }

    @Test func `gives every header of an answer, and no redirect is followed`() async throws {
        try await ProxyExample.run { example in
            let response = try await example.curl.send("GET http://a.example/gone")
            #expect(response.status == 302)
            #expect(response.headers("X-REASON") == ["a", "b"])
            #expect(response.header("location") == "http://a.example:8080/elsewhere")
            #expect(response.echo == nil)
        }
    }

    @Test(arguments: ["GET", "HEAD", "DELETE", "PROPFIND", "PURGE"])
    func `passes on any method`(method: String) async throws {
        try await ProxyExample.run { example in
            let response = try await example.curl.send("\(method) http://a.example/x")
            #expect(response.status == 200)
            #expect(method == "HEAD" ? response.body.isEmpty : response.echo?.method == method)
        }
    }

    @Test func `refuses a request without a host`() async throws {
        try await ProxyExample.run { example in
            var request = try #require(CurlRequest("GET http://a.example/"))
            request.headers = [("Host", nil)]
            #expect(try await example.curl.send(request).status == 400)
            request.version = .http10
            #expect(try await example.curl.send(request).status == 200)
        }
    }

    @Test func `passes a body on`() async throws {
        try await ProxyExample.run { example in
            var request = try #require(CurlRequest("POST http://a.example/"))
            request.body = "hello"
            let response = try await example.curl.send(request)
            #expect(response.text.contains("POST / HTTP/1.1\n"))
            #expect(response.text.contains("Content-Length: 5\n"))
        }
    }

    @Test func `echoes over a WebSocket`() async throws {
        try await ProxyExample.run { example in
            try await RawConnection.use(to: example.address, port: 8080) { connection in
                let request = """
                    GET /any//path HTTP/1.1
                    Host: a.example
                    Upgrade: websocket
                    Connection: Upgrade
                    Sec-WebSocket-Version: 13
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==


                    """
                try await connection.write(Array(request.replacing("\n", with: "\r\n").utf8))
                let head = try await connection.readHead()
                #expect(head.hasPrefix("HTTP/1.1 101 "))
                #expect(head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
                // A text frame with the mask 0, and an empty one.
                try await connection.write([0x81, 0x82, 0, 0, 0, 0] + Array("hi".utf8))
                #expect(try await connection.read(4) == [0x81, 2] + Array("hi".utf8))
                try await connection.write([0x81, 0x80, 0, 0, 0, 0])
                #expect(try await connection.read(2) == [0x81, 0])
            }
        }
    }
}
