import Testing

@testable import BoundedServer

@Suite struct RequestHeadTests {
    private static func progress(_ text: String, limit: Int = 8_192) -> RequestHead.Progress {
        var head = RequestHead(limit: limit)
        return head.take(text.utf8)
    }

    @Test(arguments: [
        ("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", "/healthz", true), ("HEAD /x HTTP/1.0\r\n\r\n", "/x", false),
        ("GET /metrics?name=a&b HTTP/1.1\n\n", "/metrics", true), ("GET / HTTP/1.1\r\na: b\n\r\nrest", "/", true),
    ])
    func `a question is the same whole and byte by byte`(_ text: String, _ path: String, _ wantsBody: Bool) {
        let question = RequestHead.Progress.complete(.init(path: path, wantsBody: wantsBody))
        #expect(Self.progress(text) == question)
        var head = RequestHead(limit: 8_192)
        var last = RequestHead.Progress.incomplete
        for byte in text.utf8 where last == .incomplete { last = head.take([byte]) }
        #expect(last == question)
    }

    @Test(arguments: [
        ("\r\n\r\n", 400), ("GET /\r\n\r\n", 400), ("GET  / HTTP/1.1\r\n\r\n", 400), ("GET x HTTP/1.1\r\n\r\n", 400),
        ("GET / x HTTP/1.1\r\n\r\n", 400), (" GET / HTTP/1.1\r\n\r\n", 400), ("GET / FTP/1\r\n\r\n", 400),
        ("PRI * HTTP/2.0\r\n\r\n", 400), ("GET / HTTP/2.0\r\n\r\n", 505), ("GET / HTTP/1.10\r\n\r\n", 505),
        ("POST / HTTP/1.1\r\n\r\n", 405), ("get / HTTP/1.1\r\n\r\n", 405),
    ])
    func `what is no question is refused`(_ text: String, _ status: Int) throws {
        #expect(Self.progress(text) == .refused(try #require(Answer.Status(rawValue: status))))
    }

    @Test func `a head may fill its limit, and not a byte more`() {
        let request = "GET / HTTP/1.1\r\n\r\n"
        #expect(Self.progress(request, limit: request.utf8.count) == .complete(.init(path: "/", wantsBody: true)))
        #expect(Self.progress(request, limit: request.utf8.count - 1) == .refused(.headTooLarge))
        #expect(Self.progress(String(repeating: "a", count: 8_192)) == .incomplete)
        #expect(Self.progress(String(repeating: "a", count: 8_193)) == .refused(.headTooLarge))
    }
}
