import NginxSyntax
import Testing

@Suite struct QuantityTests {
    @Test(arguments: [
        ("0", 0, "0"), ("100", 100, "100"), ("8k", 8_192, "8k"), ("8K", 8_192, "8k"), ("1024", 1_024, "1k"),
        ("1m", 1_048_576, "1m"), ("1536k", 1_572_864, "1536k"), ("2g", 2_147_483_648, "2048m"),
    ])
    func `reads and prints a size`(_ text: String, _ bytes: Int, _ printed: String) throws {
        let size = try #require(ByteSize(text))
        #expect(size.bytes == bytes)
        #expect(size.printedForm == printed)
    }

    @Test(arguments: ["", "k", "-1", "1.5m", "1 m", "1kb", "9223372036854775807k", "+1", "٣"])
    func `refuses what is no size`(_ text: String) {
        #expect(ByteSize(text) == nil)
    }

    @Test(arguments: [
        ("0", 0, "0s"), ("500ms", 500, "500ms"), ("30", 30_000, "30s"), ("90s", 90_000, "90s"), ("60s", 60_000, "1m"),
        ("5m", 300_000, "5m"), ("1h30m", 5_400_000, "90m"), ("1d 12h", 129_600_000, "36h"),
        ("1M", 2_592_000_000, "720h"),
    ])
    func `reads and prints a time`(_ text: String, _ milliseconds: Int, _ printed: String) throws {
        let span = try #require(TimeSpan(text))
        #expect(span.milliseconds == milliseconds)
        #expect(span.printedForm == printed)
    }

    @Test(arguments: ["", "s", "-1", "1.5s", "30s1m", "1s1s", "1x", " 1s", "1s ", "9223372036854775807h", "٣s"])
    func `refuses what is no time`(_ text: String) {
        #expect(TimeSpan(text) == nil)
    }

    @Test func `numbers have bounds`() {
        #expect(ByteSize(bytes: -1) == nil)
        #expect(TimeSpan(milliseconds: -1) == nil)
        #expect(TimeSpan(seconds: Int.max) == nil)
        #expect([99, 100, 599, 600].map { StatusCode($0)?.description } == [nil, "100", "599", nil])
        #expect([0, 1, 65_535, 65_536].map { PortNumber($0)?.description } == [nil, "1", "65535", nil])
        #expect(Number(-5).printedForm == "-5")
        #expect([Flag(true), false].map(\.printedForm) == ["on", "off"])
    }
}
