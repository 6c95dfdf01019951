import Testing

@testable import NginxControl

struct RefusalTests {
    @Test func `the place is taken off the end of nginx's words`() {
        let refusal = NginxRefusal(
            ofEnded: """
                2026/11/23 22:00:00 [warn] 7#7: conflicting server name "a" on 0.0.0.0:80, ignored
                2026/11/23 22:00:00 [emerg] 7#7: unknown directive "x" in /tmp/s/nginx.conf:12

                """,
            folder: "/tmp/s"
        )
        #expect(refusal.words == #"unknown directive "x""#)
        #expect(refusal.line == 12)
        #expect(refusal.files.isEmpty)
    }

    @Test func `text that looks like a place is none`() {
        let refusal = NginxRefusal(
            ofEnded: "nginx: [emerg] bad \" in /tmp/s/nginx.conf:3\" in /tmp/s/nginx.conf:12\n",
            folder: "/tmp/s"
        )
        #expect(refusal.line == 12)
        #expect(refusal.words == "bad \" in nginx.conf:3\"")
    }

    @Test func `text that looks like a level is none`() {
        let warning = "nginx: [warn] \"[emerg] x\" is odd in /tmp/s/nginx.conf:3\n"
        let refusal = NginxRefusal(ofEnded: warning + "nginx: [emerg] bad in /tmp/s/nginx.conf:12\n", folder: "/tmp/s")
        #expect(refusal.line == 12 && refusal.words == "bad")
        #expect(NginxRefusal(standardError: warning, folder: "/tmp/s") == nil)
    }

    @Test func `a file is named as the configuration names it`() {
        let refusal = NginxRefusal(
            ofEnded: "nginx: [emerg] cannot load certificate \"/tmp/s/tls/shop.web.pem\": bad\n",
            folder: "/tmp/s"
        )
        #expect(refusal.files == ["tls/shop.web.pem"])
        #expect(refusal.line == nil)
        #expect(refusal.words == "cannot load certificate \"tls/shop.web.pem\": bad")
    }

    @Test func `what a terminal would obey is escaped, and no text is endless`() {
        let refusal = NginxRefusal(
            ofEnded: "nginx: [emerg] \u{1B}[31m" + String(repeating: "a", count: 1_000),
            folder: "/tmp/s"
        )
        #expect(refusal.words.hasPrefix("\\u{1b}[31maaa"))
        #expect(refusal.words.hasSuffix("a…"))
        #expect(refusal.words.count < 400)
    }

    @Test(arguments: ["", "\n\n"])
    func `silence is told as such`(text: String) {
        #expect(NginxRefusal(ofEnded: text, folder: "/tmp/s").words == "nginx ended and said nothing")
    }
}
