import Foundation
import Testing

@testable import Certificates

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
}
