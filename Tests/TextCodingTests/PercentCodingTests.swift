import Testing
import TextCoding

struct PercentCodingTests {
    private let everything = Array(UInt8.min...UInt8.max)

    @Test func `decoding takes back what encoding does, whichever bytes are escaped`() {
        for step in 1...7 {
            let encoded = everything.percentEncoded { $0 == UInt8(ascii: "%") || Int($0) % step == 0 }
            #expect(encoded.percentDecoded == everything)
        }
    }

    @Test func `a text keeps only what needs no escape anywhere`() {
        #expect("aZ09-._~".percentEncoded == "aZ09-._~")
        #expect("a b/ü%+".percentEncoded == "a%20b%2F%C3%BC%25%2B")
        let ascii = everything.prefix(128).map { String(decoding: [$0], as: UTF8.self) }
        let kept = ascii.filter { $0.percentEncoded == $0 }
        #expect(kept.count == 26 + 26 + 10 + 4)
    }

    @Test(arguments: ["%", "%1", "a%", "%g0", "%0g", "%%41", "%-1", "%+1"])
    func `an escape that is broken is refused`(text: String) {
        #expect(text.utf8.percentDecoded == nil)
    }

    @Test func `digits of either case are read`() {
        #expect("%c3%BC%00".utf8.percentDecoded == [0xC3, 0xBC, 0])
    }
}
