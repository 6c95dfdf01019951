import Foundation
import Testing
import TextCoding

struct UTCTimestampTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
            (-62_167_219_200, "0000-01-01T00:00:00Z"),
        ] as [(Int64, String)]
    )
    func `a moment prints as RFC 3339`(seconds: Int64, text: String) {
        #expect(UTCTimestamp(seconds).description == text)
    }

    @Test func `reading and printing agree with the calendar for every day of centuries`() throws {
        for day in stride(from: Int64(-50_000), to: 200_000, by: 7) {
            let moment = UTCTimestamp(day * 86400 + 3661)
            let expected = Date(timeIntervalSince1970: TimeInterval(moment.seconds)).formatted(.iso8601)
            #expect(moment.description == expected)
            let fields = expected.split { "-T:Z".contains($0) }.compactMap { Int($0) }
            let read = UTCTimestamp(
                year: fields[0],
                month: fields[1],
                day: fields[2],
                hour: fields[3],
                minute: fields[4],
                second: fields[5]
            )
            #expect(read == moment)
        }
    }

    @Test func `a date that no calendar has is refused`() {
        #expect(UTCTimestamp(year: 2023, month: 2, day: 29, hour: 0, minute: 0, second: 0) == nil)
        #expect(UTCTimestamp(year: 1900, month: 2, day: 29, hour: 0, minute: 0, second: 0) == nil)
        #expect(UTCTimestamp(year: 2023, month: 13, day: 1, hour: 0, minute: 0, second: 0) == nil)
        #expect(UTCTimestamp(year: 2023, month: 4, day: 31, hour: 0, minute: 0, second: 0) == nil)
    }

    @Test func `what is printed is read, in whichever zone it is written`() {
        for seconds in stride(from: Int64(-62_167_219_200), to: 253_402_300_800, by: 86_400 * 997 + 12_345) {
            let text = UTCTimestamp(seconds).description
            #expect(UTCTimestamp(rfc3339: text)?.seconds == seconds)
            #expect(UTCTimestamp(rfc3339: text.lowercased())?.seconds == seconds)
            #expect(UTCTimestamp(rfc3339: "\(text.dropLast()).25+01:30")?.seconds == seconds - 5_400)
            #expect(UTCTimestamp(rfc3339: "\(text.dropLast())-00:01")?.seconds == seconds + 60)
        }
        #expect(UTCTimestamp(1_800_000_000).description(microseconds: 42) == "2027-01-15T08:00:00.000042Z")
    }

    @Test(
        arguments: [
            "", "2026-01-31", "2026-01-31T12:00:00", "2026-01-31 12:00:00Z", "2026-02-29T12:00:00Z",
            "2026-01-31T24:00:00Z", "2026-01-31T12:60:00Z", "2026-01-31T12:00:00.Z", "2026-01-31T12:00:00Z ",
            "2026-01-31T12:00:00+24:00", "2026-01-31T12:00:00+0100", "+026-01-31T12:00:00Z", "2026-1-31T12:00:00Z",
        ]
    )
    func `a text that is no RFC 3339 time is refused`(text: String) {
        #expect(UTCTimestamp(rfc3339: text) == nil)
    }
}
