import CurlTestSupport
import EchoBackend
import Testing

@Suite(.timeLimit(.minutes(10))) struct `An echo backend` {
    @Test func `tells people and programs what reached it`() async throws {
        try await EchoBackend.run(named: ["shop/web:80"]) { addresses in
            let address = try #require(addresses["shop/web:80"])
            let curl = CurlClient(address: address.host, httpPort: Int(address.port))
            let echo = try await curl.send("GET http://a.example//b/%2e%2e/../c?d=%20&e").echo
            #expect(echo?.backend == "shop/web:80")
            #expect(echo?.uri == "//b/%2e%2e/../c?d=%20&e")
            var request = try #require(CurlRequest("GET http://a.example/x"))
            request.headers = [("X-Header", "value")]
            let text = try await curl.send(request).text
            #expect(text.hasPrefix("backend: shop/web:80\n\nGET /x HTTP/1.1\n"))
            #expect(text.contains("\nX-Header: value\n"))
        }
    }

    @Test func `answers as a request asks it by its name`() async throws {
        try await EchoBackend.run(named: ["shop/web:80"]) { addresses in
            let address = try #require(addresses["shop/web:80"])
            let curl = CurlClient(address: address.host, httpPort: Int(address.port))
            var request = try #require(CurlRequest("GET http://a.example/x"))
            request.headers = [
                ("X-Echo-Status", "shop/web:80 401"), ("X-Echo-Header-X-A", "shop/web:80 a b"), ("X-B", "c"),
                ("X-Echo-Seen-X-B", "shop/web:80 X-B"), ("X-Echo-Seen-X-C", "shop/web:80 X-C"),
                ("X-Echo-Header-X-D", "shop/other:80 d"),
            ]
            let response = try await curl.send(request)
            #expect(response.status == 401)
            #expect(["X-A", "X-B", "X-C", "X-D"].map(response.header) == ["a b", "c", "none", nil])
        }
    }

    @Test func `says that its address is taken`() async throws {
        try await EchoBackend.run(named: ["first"]) { addresses in
            let address = try #require(addresses["first"])
            let second = try EchoBackend(name: "second", host: address.host, port: address.port)
            await #expect(throws: (any Error).self) { try await second.run() }
            await #expect(throws: (any Error).self) { try await second.address }
        }
        #expect(throws: (any Error).self) { try EchoBackend(name: "third", host: "not an address") }
    }
}
